/** Refusals that any part of the node may give. */
import type { PillarWords } from './word.ts'

export const core = {
  refusals: {
    not_permitted: {
      en: 'Your role does not permit this. Ask someone whose role does.',
      ko: '귀하는 이 작업을 할 수 없습니다. 권한이 있는 담당자에게 요청하십시오.',
      ja: 'あなたはこの操作を行えません。権限のある担当者に依頼してください。',
      short: { en: 'the role does not permit it', ko: '직책이 허용하지 않음', ja: '職務上認められない' },
    },
    not_found: {
      en: 'There is nothing here, or you may not see it. Check the address.',
      ko: '해당 건이 없거나 열람할 수 없습니다. 주소를 확인하십시오.',
      ja: '該当するものがないか、閲覧できません。アドレスを確認してください。',
    },
    invalid_input: {
      en: 'Something in the form is not valid. Correct the field named here.',
      ko: '입력한 내용에 잘못이 있습니다. 표시된 항목을 고치십시오.',
      ja: '入力内容に誤りがあります。示された項目を訂正してください。',
    },
    too_large: {
      en: 'This is too large. Send something smaller, or split it.',
      ko: '용량이 너무 큽니다. 줄이거나 나누어 보내십시오.',
      ja: '容量が大きすぎます。小さくするか、分けて送ってください。',
    },
    wrong_state: {
      en: 'The state has changed since you looked. Check the current state, then decide.',
      ko: '그 사이에 처리 단계가 바뀌었습니다. 현재 상태를 확인한 후 결정하십시오.',
      ja: 'その間に状態が変わりました。現在の状態を確認してから判断してください。',
    },
    already_done: {
      en: 'This has already been done. Nothing was changed.',
      ko: '이미 처리되었습니다. 변경된 것은 없습니다.',
      ja: 'すでに処理済みです。変更はありません。',
    },
    key_reused: {
      en: 'This idempotency key belongs to another request. Nothing was changed. Use a new key.',
      ko: '이 멱등성 키는 다른 요청에 이미 사용되었습니다. 변경된 것은 없습니다. 새 키를 사용하십시오.',
      ja: 'この冪等キーは別の要求で使用済みです。変更はありません。新しいキーを使ってください。',
    },
    too_many_requests: {
      en: 'There are too many requests at once. Wait a moment and try again.',
      ko: '요청이 너무 많습니다. 잠시 후 다시 시도하십시오.',
      ja: '要求が多すぎます。しばらく待って、もう一度お試しください。',
    },
    unavailable: {
      en: 'The node cannot be reached. What you wrote is kept. Try again shortly.',
      ko: '노드에 연결할 수 없습니다. 작성한 내용은 보존됩니다. 잠시 후 다시 시도하십시오.',
      ja: 'ノードに接続できません。入力した内容は保持されます。しばらくして、もう一度お試しください。',
    },
    internal: {
      en: 'Something failed inside the node, and nothing was changed. Give the reference to the administrator.',
      ko: '노드 내부에 오류가 발생하였으며 변경된 것은 없습니다. 관리자에게 참조 번호를 알리십시오.',
      ja: 'ノード内部で障害が発生し、変更は行われませんでした。管理者に参照番号を連絡してください。',
    },
  },
} satisfies PillarWords
