/** Texts of the guide. */
import { texts } from '../core/texts.ts'

export const guideWords = texts('guide', {
  label: ['Guide of the exercise', '연습 안내', '演習の案内'],
  step: ['Step {{index}} of {{count}}', '{{count}}단계 중 {{index}}단계', '全{{count}}段階の{{index}}'],
  next: ['Next:', '다음:', '次：'],
  all: ['All steps', '전체 단계', 'すべての段階'],
  hide: ['Hide the guide', '안내 숨기기', '案内を隠す'],
  show: ['Show the guide', '안내 보기', '案内を表示'],
  goHere: ['Take me there', '그 화면으로 이동', 'その画面へ移動'],
  goThere: ['Open the console of {{nation}}', '{{nation}} 콘솔 열기', '{{nation}}の画面を開く'],
  doneNext: ['Done, next step', '완료, 다음 단계', '完了、次の段階へ'],
  signInAs: ['Sign in as: {{who}}', '로그인할 직위: {{who}}', 'サインインする官職：{{who}}'],
  youAre: ['You are signed in as {{who}}.', '현재 로그인: {{who}}.', '現在のサインイン：{{who}}。'],
  switchPerson: [
    'Sign out, to sign in as: {{who}}',
    '로그아웃 (다음 로그인: {{who}})',
    'サインアウト（次：{{who}}）',
  ],
  noConsole: [
    'Its address is not known here; it was printed when the exercise was started.',
    '주소를 알 수 없습니다. 연습을 시작할 때 출력된 주소를 확인하십시오.',
    'アドレスはここでは不明です。演習の開始時に表示されたアドレスを確認してください。',
  ],
  command: ['On the command line', '명령줄', 'コマンドライン'],
  look: [
    'A report about a launch waits for its release. Read it as a release authority.',
    '발사에 관한 보고서가 제공 결재를 기다립니다. 제공 승인권자로 읽으십시오.',
    '発射に関する報告が提供の承認を待っています。提供承認権者として読んでください。',
  ],
  approveFirst: [
    'Approve it as the first release authority. You sign the digest that you see.',
    '첫 번째 제공 승인권자로 결재하십시오. 화면에 보이는 다이제스트에 서명합니다.',
    '第一の提供承認権者として承認してください。画面のダイジェストに署名します。',
  ],
  approveSecond: [
    'Approve it as the second release authority. That signature releases it to Korea.',
    '두 번째 제공 승인권자로 결재하십시오. 이 서명으로 한국에 제공됩니다.',
    '第二の提供承認権者として承認してください。この署名により韓国へ提供されます。',
  ],
  openRefused: [
    'Try to open the report as an officer without need-to-know. It is refused: the page says which of the two is missing, and whom to ask.',
    '알 필요가 없는 담당 장교로 보고서를 열어 보십시오. 거부되며, 둘 중 무엇이 없는지와 누구에게 요청할지 알려 줍니다.',
    '知る必要のない担当官として報告を開封してみてください。拒否され、どちらが欠けているか、誰に求めるかが示されます。',
  ],
  open: [
    'Open it as an officer who has clearance and need-to-know.',
    '비밀취급인가와 알 필요가 있는 담당 장교로 열람하십시오.',
    '秘密取扱資格と知る必要のある担当官として開封してください。',
  ],
  receipt: [
    'Sign the receipt. It returns to Japan as proof.',
    '영수증에 서명하십시오. 증거로 일본에 회신됩니다.',
    '受領証に署名してください。証拠として日本へ戻ります。',
  ],
  opened: [
    'See in Japan what happened in Korea: received, accepted, opened, by which office, when.',
    '한국에서 일어난 일을 일본에서 확인하십시오: 도착, 접수, 열람을 어느 직위가 언제 하였는지.',
    '韓国で行われたことを日本で確認してください。到着、受領、開封を、どの官職がいつ行ったか。',
  ],
  evidence: [
    'Export the evidence of the item, and verify the file without node or network.',
    '자료의 증거 파일을 내보내고, 노드와 통신망 없이 검증하십시오.',
    '資料の証拠ファイルを書き出し、ノードも通信網も使わずに検証してください。',
  ],
  order: [
    'Try to order fuel from the other nation. Japan and Korea have no agreement on supplies in force.',
    '상대국에 연료를 주문해 보십시오. 한일 간에는 발효 중인 물품·용역 협정이 없습니다.',
    '相手国に燃料を要請してみてください。日韓の間に、効力を有する物品・役務の協定はありません。',
  ],
  breakProof: [
    'Break the proof: change one byte of the evidence file, and verify it again. It says what broke.',
    '증거를 훼손해 보십시오: 증거 파일의 한 바이트를 바꾸고 다시 검증하면 무엇이 성립하지 않는지 알려 줍니다.',
    '証拠を改変してみてください。証拠ファイルの1バイトを変えて再び検証すると、何が成り立たないかが示されます。',
  ],
  finished: [
    'You have sent, approved, been refused, opened, proved and broken a proof. Take any role and go on.',
    '제공, 결재, 거부, 열람, 증명을 거쳐 증거를 훼손해 보았습니다. 원하는 직책으로 계속하십시오.',
    '送付、承認、拒否、開封、証明を経て、証拠を改変してみました。任意の職務で続けてください。',
  ],
  again: ['Begin the guide again', '안내 다시 시작', '案内を最初から'],
})
