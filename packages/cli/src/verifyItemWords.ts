/** The words with which a report describes an item. */
import type { ItemCodes } from '#wire/exchange/evidence/codes.ts'
import type { Group, Words } from '#words/word.ts'

export const lines = {
  item: {
    en: 'Item {control}, from {home} to {partner} ({organisation})',
    ko: '자료 {control}, {home} → {partner} ({organisation})',
    ja: '資料 {control}、{home} → {partner}（{organisation}）',
  },
  marking: {
    en: 'Marked {marking} by the originator, {receiverMarking} at the receiver',
    ko: '비밀 표지: 생산국 {marking}, 접수국 {receiverMarking}',
    ja: '秘密表示：作成国 {marking}、受領国 {receiverMarking}',
  },
  purpose: {
    en: 'Category {category}, purpose {purpose}, under {instrument}',
    ko: '분야 {category}, 목적 {purpose}, 근거 협정 {instrument}',
    ja: '分野 {category}、目的 {purpose}、根拠の協定 {instrument}',
  },
  state: { en: 'State: {state}', ko: '상태: {state}', ja: '状態：{state}' },
  registered: {
    en: 'Registered by the receiver as {registered}',
    ko: '접수국 등록 번호 {registered}',
    ja: '受領国の登録番号 {registered}',
  },
  articles: { en: 'Articles relied on: {articles}', ko: '근거 조항: {articles}', ja: '根拠条項：{articles}' },
} satisfies Group

export const checks = {
  offer: { en: 'Offer, proposal and seal', ko: '제공, 제안, 봉인', ja: '提供・提案・封印' },
  signers: { en: 'Author and release authorities', ko: '작성자와 제공 승인권자', ja: '作成者と提供承認権者' },
  agreement: { en: 'Agreement and its terms', ko: '협정과 그 조건', ja: '協定とその条件' },
  assurance: { en: 'Assurance before provision', ko: '제공 전 보증', ja: '提供前の保証' },
  answers: { en: 'Answers of the receiver', ko: '접수국의 회답', ja: '受領国の回答' },
  receipt: { en: 'Receipt', ko: '영수증', ja: '受領証' },
} satisfies Readonly<Record<ItemCodes['check'], Words>>

export const faults = {
  offer_missing: { en: 'The offer is missing.', ko: '제공 통보가 없습니다.', ja: '提供の通報がありません。' },
  offer_repeated: {
    en: 'There is more than one offer.',
    ko: '제공 통보가 둘 이상입니다.',
    ja: '提供の通報が二つ以上あります。',
  },
  proposal_malformed: {
    en: 'The proposal cannot be read.',
    ko: '제안을 읽을 수 없습니다.',
    ja: '提案を読めません。',
  },
  proposal_of_others: {
    en: 'The proposal is not between these two nations.',
    ko: '이 두 나라 사이의 제안이 아닙니다.',
    ja: 'この二国間の提案ではありません。',
  },
  seal_not_bound: {
    en: 'The seal is not bound to this proposal.',
    ko: '봉인이 이 제안에 결부되어 있지 않습니다.',
    ja: '封印がこの提案に結び付いていません。',
  },
  approvals_missing: {
    en: 'Fewer than two release authorities signed.',
    ko: '서명한 제공 승인권자가 두 명보다 적습니다.',
    ja: '署名した提供承認権者が2名に足りません。',
  },
  author_approved: {
    en: 'The author is among the release authorities.',
    ko: '작성자가 제공 승인권자에 포함되어 있습니다.',
    ja: '作成者が提供承認権者に含まれています。',
  },
  profile_differs: {
    en: 'The terms in this file are not those that the proposal names.',
    ko: '이 파일의 협정 조건은 제안이 가리키는 조건이 아닙니다.',
    ja: 'このファイルの協定条件は、提案が指す条件ではありません。',
  },
  declaration_missing: {
    en: 'A nation had not declared which terms it holds.',
    ko: '한 나라가 어떤 조건을 보유하는지 통보하지 않았습니다.',
    ja: '一方の国が、どの条件を保有するかを通知していませんでした。',
  },
  declaration_differs: {
    en: 'A nation had declared other terms.',
    ko: '한 나라가 다른 조건을 통보했습니다.',
    ja: '一方の国が別の条件を通知していました。',
  },
  term_not_met: {
    en: 'The proposal does not meet this term of the agreement.',
    ko: '제안이 협정의 이 조건을 충족하지 않습니다.',
    ja: '提案が協定のこの条件を満たしません。',
  },
  assurance_missing: {
    en: 'No assurance of the receiver covered this provision.',
    ko: '이 제공에 대한 접수국의 보증이 없었습니다.',
    ja: 'この提供を対象とする受領国の保証がありませんでした。',
  },
  control_differs: {
    en: 'The answer names another control number.',
    ko: '회답이 다른 관리 번호를 가리킵니다.',
    ja: '回答が別の管理番号を指しています。',
  },
  marking_differs: {
    en: 'The receiver registered it under another marking.',
    ko: '접수국이 다른 비밀 표지로 등록했습니다.',
    ja: '受領国が別の秘密表示で登録しました。',
  },
  answer_repeated: {
    en: 'The receiver answered twice.',
    ko: '접수국이 두 번 회답했습니다.',
    ja: '受領国が二度回答しています。',
  },
  acceptance_missing: {
    en: 'There is a receipt, but no acceptance before it.',
    ko: '영수증은 있으나 그 앞의 접수가 없습니다.',
    ja: '受領証はありますが、その前の受領の通報がありません。',
  },
  office_differs: {
    en: 'The receipt names another office than the one that signed it.',
    ko: '영수증의 직위가 서명한 직위와 다릅니다.',
    ja: '受領証の官職が、署名した官職と異なります。',
  },
} satisfies Readonly<Record<ItemCodes['fault'], Words>>

export const proved = {
  offered: {
    en: 'The originator offered exactly this proposal, with this seal, to this recipient.',
    ko: '생산국은 바로 이 제안을 이 봉인과 함께 이 수신처에 제공했습니다.',
    ja: '作成国は、まさにこの提案を、この封印とともに、この受領先に提供しました。',
  },
  approved: {
    en: 'The author and two other release authorities signed exactly this proposal.',
    ko: '작성자와 다른 제공 승인권자 두 명이 바로 이 제안에 서명했습니다.',
    ja: '作成者と、別の提供承認権者2名が、まさにこの提案に署名しました。',
  },
  same_terms: {
    en: 'Both nations held the same terms of the agreement, and the proposal meets them.',
    ko: '양국은 같은 협정 조건을 보유하고 있었고, 제안은 그 조건을 충족합니다.',
    ja: '両国は同じ協定条件を保有しており、提案はそれを満たします。',
  },
  assured: {
    en: 'The receiver had given an assurance before the provision.',
    ko: '접수국은 제공 전에 보증했습니다.',
    ja: '受領国は提供の前に保証していました。',
  },
  accepted: {
    en: 'The receiver accepted it and registered it under the agreed marking.',
    ko: '접수국은 접수하고, 합의된 비밀 표지로 등록했습니다.',
    ja: '受領国は受領し、合意された秘密表示で登録しました。',
  },
  refused: {
    en: 'The receiver refused it.',
    ko: '접수국은 거부했습니다.',
    ja: '受領国は拒否しました。',
  },
  withdrawn: {
    en: 'The originator withdrew it before the acceptance took effect.',
    ko: '생산국은 접수가 효력을 갖기 전에 철회했습니다.',
    ja: '作成国は、受領が効力を持つ前に撤回しました。',
  },
  receipted: {
    en: 'An officer of the receiver signed the receipt for exactly this proposal.',
    ko: '접수국의 담당 장교가 바로 이 제안의 영수증에 서명했습니다.',
    ja: '受領国の担当官が、まさにこの提案の受領証に署名しました。',
  },
} satisfies Readonly<Record<ItemCodes['proved'], Words>>

export const unproved = {
  no_answer: {
    en: 'That the receiver accepted it: there is no answer here.',
    ko: '접수국이 접수했다는 점. 이 파일에는 회답이 없습니다.',
    ja: '受領国が受領したこと。このファイルに回答はありません。',
  },
  no_receipt: {
    en: 'That anybody opened it: there is no receipt here.',
    ko: '누군가 열람했다는 점. 이 파일에는 영수증이 없습니다.',
    ja: '誰かが開封したこと。このファイルに受領証はありません。',
  },
} satisfies Readonly<Record<ItemCodes['unproved'], Words>>
