/** Texts of the page of a decision. */
import { texts } from '../core/texts.ts'

export const decisionWords = texts('decisions', {
  title: ['Decision', '판정', '判定'],
  policy: ['Policies', '규칙', '規則'],
  inputs: ['What the gate knew', '판정에 사용된 사실', '判定に用いた事実'],
  replaySame: [
    'The stored inputs, decided again with the stored policies, give the same answer.',
    '저장된 입력을 저장된 규칙으로 다시 판정하여 같은 답을 얻었습니다.',
    '保存された入力を保存された規則で判定し直し、同じ答えを得ました。',
  ],
  replayDiffers: [
    'The stored inputs, decided again, give ANOTHER answer. Something was changed. Tell the security officer.',
    '저장된 입력을 다시 판정하니 다른 답이 나왔습니다. 무언가 변경되었습니다. 보안담당관에게 알리십시오.',
    '保存された入力を判定し直したところ、異なる答えになりました。何かが変更されています。保全担当官に報告してください。',
  ],
  permitted: ['Permitted', '허가', '許可'],
  refused: ['Refused', '거부', '拒否'],
  needs: [
    'What the gate was asked, what it knew, and what it answered. Nothing here can be changed.',
    '무엇에 대하여 판정을 요청받아, 어떤 사실에 근거하여, 어떻게 판정하였는지 보여 줍니다. 이곳의 내용은 변경할 수 없습니다.',
    '何について判定を求められ、どの事実に基づき、どう判定したかを示します。ここの内容は変更できません。',
  ],
  action: ['Action', '행위', '行為'],
  actor: ['Asked by', '요청자', '求めた者'],
  at: ['Decided', '판정 시각', '判定時刻'],
  id: ['Reference', '참조 번호', '参照番号'],
  why: ['Why', '이유', '理由'],
  relied: ['Articles relied on', '근거 조문', '根拠とした条文'],
  noArticles: ['No article was relied on.', '근거로 삼은 조문이 없습니다.', '根拠とした条文はありません。'],
  replay: ['Decided again just now', '방금 다시 판정한 결과', '今、判定し直した結果'],
  fact: ['Fact', '사실', '事実'],
  value: ['Value', '값', '値'],
  profile: ['Profile of the agreement', '협정 프로파일', '協定のプロファイル'],
  yes: ['yes', '예', 'はい'],
  no: ['no', '아니요', 'いいえ'],
  none: ['none', '없음', 'なし'],
})
