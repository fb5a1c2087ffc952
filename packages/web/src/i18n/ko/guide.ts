/** 연습 안내: 다음에 할 일, 장소, 직책. */
import type { guide as english } from '../en/guide.ts'

export const guide: Record<keyof typeof english, string> = {
  label: '연습 안내',
  step: '{{count}}단계 중 {{index}}단계',
  next: '다음:',
  all: '전체 단계',
  hide: '안내 숨기기',
  show: '안내 보기',
  goHere: '그 화면으로 이동',
  goThere: '{{nation}} 콘솔 열기',
  doneNext: '완료, 다음 단계',
  signInAs: '로그인할 직책: {{who}}',
  youAre: '현재 로그인: {{who}}.',
  switchPerson: '로그아웃 (다음 로그인: {{who}})',
  noConsole: '주소를 알 수 없습니다. 연습을 시작할 때 출력된 주소를 확인하십시오.',
  command: '명령줄',
  look: '발사에 관한 보고서가 제공 결재를 기다립니다. 제공 승인권자로 읽으십시오.',
  approveFirst: '첫 번째 제공 승인권자로 결재하십시오. 화면에 보이는 다이제스트에 서명합니다.',
  approveSecond: '두 번째 제공 승인권자로 결재하십시오. 이 서명으로 한국에 제공됩니다.',
  openRefused:
    '알 필요가 없는 담당 장교로 보고서를 열어 보십시오. 거부되며, 둘 중 무엇이 없는지와 누구에게 요청할지 알려 줍니다.',
  open: '비밀취급인가와 알 필요가 있는 담당 장교로 열람하십시오.',
  receipt: '영수증에 서명하십시오. 증거로 일본에 돌아갑니다.',
  opened: '한국에서 일어난 일을 일본에서 확인하십시오: 도착, 접수, 열람을 어느 직위가 언제 하였는지.',
  evidence: '자료의 증거 파일을 내보내고, 노드와 통신망 없이 검증하십시오.',
  order: '상대국에 연료를 주문해 보십시오. 한일 간에는 발효 중인 물품·용역 협정이 없습니다.',
  breakProof:
    '증거를 깨뜨려 보십시오: 증거 파일의 한 바이트를 바꾸고 다시 검증하면 무엇이 깨졌는지 알려 줍니다.',
  finished: '제공, 결재, 거부, 열람, 증명을 거쳐 증거를 깨뜨려 보았습니다. 원하는 직책으로 계속하십시오.',
  again: '안내 다시 시작',
}
