/** 내 업무. */
import type { desk as english } from '../en/desk.ts'

export const desk: Record<keyof typeof english, string> = {
  title: '내 업무',
  needs_one: '처리할 일이 {{count}}건 있습니다.',
  needs_other: '처리할 일이 {{count}}건 있습니다.',
  needsNone: '지금 처리할 일이 없습니다.',
  needsMe: '지금 처리할 일',
  waiting: '다른 사람을 기다리는 일',
  information: '참고',
  needsMeEmpty: '처리할 일이 없습니다. 규칙에 따라 처리해야 할 일이 급한 순서로 이곳에 나타납니다.',
  waitingEmpty: '기다리는 일이 없습니다.',
  informationEmpty: '새로운 알림이 없습니다.',
  keys: 'j·k로 이동, Enter로 열기, e로 참고 사항 확인 처리',
  due: '기한',
  overdue: '기한 경과',
  waitsOn: '{{who}} 대기 중',
  seenAll: '모두 확인',
  firstStep: '보고서 작성',
}
