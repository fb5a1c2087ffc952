/** Texts of the frame. */
import { texts } from '../core/texts.ts'

export const shellWords = texts('shell', {
  skip: ['Skip to the page', '본문으로 건너뛰기', '本文へ移動'],
  mainNavigation: ['Pages', '화면', '画面'],
  more: ['More', '더 보기', 'その他'],
  find: ['Find', '찾기', '検索'],
  findPlaceholder: [
    'Find an item, article, person, page or action',
    '자료, 조문, 인원, 화면, 작업 찾기',
    '資料、条文、人員、画面、操作を探す',
  ],
  findNothing: [
    'Nothing found that you may see.',
    '열람할 수 있는 결과가 없습니다.',
    '閲覧できるものは見つかりませんでした。',
  ],
  findPages: ['Pages', '화면', '画面'],
  findActions: ['Actions', '작업', '操作'],
  findHits: ['Found', '검색 결과', '検索結果'],
  account: ['Person, language and theme', '사용자, 언어, 화면 밝기', '利用者、言語、画面の明るさ'],
  signOut: ['Sign out', '로그아웃', 'サインアウト'],
  notLive: [
    'Not live: the connection to the node is cut. Trying again.',
    '실시간 아님: 노드와의 연결이 끊겼습니다. 다시 연결하는 중입니다.',
    '同期していません。ノードとの接続が切れたため、再接続しています。',
  ],
  lostTitle: ['There is no such page', '없는 화면입니다', '該当する画面がありません'],
  lostText: [
    'The address is wrong, or what it named is no longer here.',
    '주소가 잘못되었거나, 해당 건이 더 이상 없습니다.',
    'アドレスが誤っているか、該当するものがなくなっています。',
  ],
  toDesk: ['Go to the desk', '내 업무로 이동', '担当業務へ'],
  brokenTitle: ['This page failed', '화면을 표시하지 못했습니다', '画面を表示できませんでした'],
  brokenText: [
    'The page could not be shown. What the node holds is unchanged. Load it again; if it fails again, tell the administrator.',
    '화면을 표시하지 못했습니다. 노드의 자료는 그대로입니다. 다시 불러오고, 반복되면 관리자에게 알리십시오.',
    '画面を表示できませんでした。ノードの内容は変わっていません。再読み込みし、繰り返す場合は管理者に連絡してください。',
  ],
  again: ['Try again', '다시 시도', '再試行'],
})
