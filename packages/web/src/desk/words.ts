/** Texts of the desk. */
import { texts } from '../core/texts.ts'

export const deskWords = texts('desk', {
  title: ['Desk', '내 업무', '担当業務'],
  needs: [
    { one: '{{count}} matter needs you.', other: '{{count}} matters need you.' },
    '처리할 일이 {{count}}건 있습니다.',
    '処理することが{{count}}件あります。',
  ],
  needsNone: [
    'There is nothing for you to do now.',
    '지금 처리할 일이 없습니다.',
    '今、処理することはありません。',
  ],
  needsMe: ['Needs me now', '지금 처리할 일', '今、処理すること'],
  waiting: ['Waiting for others', '다른 사람을 기다리는 일', '他の人を待つもの'],
  information: ['For information', '참고', '参考'],
  needsMeEmpty: [
    'There is nothing for you to do. Tasks appear here, most urgent first.',
    '처리할 일이 없습니다. 할 일은 급한 순서로 여기에 표시됩니다.',
    '処理することはありません。処理すべき案件は、緊急度の高い順にここに表示されます。',
  ],
  waitingEmpty: [
    'You are not waiting for anybody.',
    '기다리는 일이 없습니다.',
    '待っているものはありません。',
  ],
  informationEmpty: [
    'Nothing new since you last looked.',
    '새로운 알림이 없습니다.',
    '新しい知らせはありません。',
  ],
  keys: [
    'j and k move, Enter opens, e marks information as seen',
    'j·k로 이동, Enter로 열기, e로 참고 사항 확인 처리',
    'j・kで移動、Enterで開く、eで参考を確認済みにする',
  ],
  due: ['Due', '기한', '期限'],
  overdue: ['OVERDUE', '기한 경과', '期限超過'],
  waitsOn: ['Waits for {{who}}', '{{who}} 대기 중', '{{who}}待ち'],
  seenAll: ['Mark all as seen', '모두 확인', 'すべて確認済みにする'],
})
