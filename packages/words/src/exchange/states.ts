/** States, steps, outcomes and fields of items and drafts. */
import type { ItemState } from '#wire/exchange/item.ts'
import type { Proposal } from '#wire/exchange/proposal.ts'
import type { Group, Words } from '../word.ts'

/**
 * States of an item. Three are this node's own: `arriving` (the offer is here, its content is not), `stopped` (the
 * gate no longer permitted it when it was to be sent) and `parked` (the partner's node could not apply it).
 */
export const itemStates = {
  arriving: { en: 'Arriving', ko: '도착 중', ja: '到着中' },
  offered: { en: 'Offered', ko: '제공됨', ja: '提供済み' },
  accepted: { en: 'Accepted', ko: '접수됨', ja: '受領済み' },
  refused: { en: 'Refused', ko: '거부됨', ja: '拒否' },
  withdrawn: { en: 'Withdrawn', ko: '철회됨', ja: '撤回' },
  receipted: { en: 'Receipt signed', ko: '영수증 서명됨', ja: '受領証署名済み' },
  stopped: { en: 'Not sent', ko: '발송되지 않음', ja: '未発送' },
  parked: { en: 'Not applied there', ko: '상대국에서 적용되지 않음', ja: '相手国で適用されず' },
} satisfies Readonly<Record<ItemState | 'arriving' | 'stopped' | 'parked', Words>>

/** States of a draft. */
export const draftStates = {
  writing: { en: 'Being written', ko: '작성 중', ja: '作成中' },
  submitted: { en: 'Awaiting approval', ko: '결재 중', ja: '承認待ち' },
  released: { en: 'Released', ko: '제공됨', ja: '提供済み' },
} satisfies Group

/** Steps in the custody of an item. */
export const custodySteps = {
  submitted: { en: 'Submitted by its author', ko: '작성자 상신', ja: '作成者が提出' },
  approved: { en: 'Release approved', ko: '제공 결재', ja: '提供を承認' },
  released: { en: 'Released', ko: '제공', ja: '提供' },
  sent: { en: 'Sent', ko: '발송', ja: '発送' },
  received: { en: 'Received', ko: '도착', ja: '到着' },
  accepted: { en: 'Accepted and registered', ko: '접수 및 등록', ja: '受領・登録' },
  refused: { en: 'Refused', ko: '접수 거부', ja: '受領を拒否' },
  withdrawn: { en: 'Withdrawn', ko: '철회', ja: '撤回' },
  receipted: { en: 'Opened, receipt signed', ko: '열람, 영수증 서명', ja: '開封・受領証に署名' },
  attempted: { en: 'Opening attempted and refused', ko: '열람 시도, 거부됨', ja: '開封の試み、拒否' },
} satisfies Group

/** Checks of a custody step. */
export const proofChecks = {
  checkpoint_signed: {
    en: 'The checkpoint bears the signature of the log’s owner',
    ko: '체크포인트에 기록 소유국의 서명이 있음',
    ja: 'チェックポイントに記録の所有国の署名がある',
  },
  cosigned_by_partner: {
    en: 'The partner has cosigned the checkpoint',
    ko: '상대국이 체크포인트에 연서함',
    ja: '相手国がチェックポイントに連署した',
  },
  not_yet_covered: {
    en: 'A checkpoint covers the entry',
    ko: '체크포인트가 항목을 포함함',
    ja: 'チェックポイントが項目を含む',
  },
  entry_is_statement: {
    en: 'The entry in the log is this statement, byte for byte',
    ko: '기록의 항목이 이 통보와 바이트까지 일치함',
    ja: '記録の項目がこの通報と1バイトも違わない',
  },
  included_in_log: {
    en: 'The entry is included under the checkpoint’s root',
    ko: '항목이 체크포인트의 루트에 포함됨',
    ja: '項目がチェックポイントのルートに含まれる',
  },
} satisfies Group

/** Outcomes of an opening, or of the attempt at one. */
export const openingOutcomes = {
  opened: { en: 'opened', ko: '열람', ja: '開封' },
  refused: { en: 'refused', ko: '거부됨', ja: '拒否' },
  receipted: { en: 'receipt signed', ko: '영수증 서명', ja: '受領証に署名' },
} satisfies Group

/** Signed verdicts on a draft. */
export const verdicts = {
  submit: { en: 'submitted', ko: '상신', ja: '提出' },
  approve: { en: 'approved', ko: '결재', ja: '承認' },
  refuse: { en: 'refused', ko: '반려', ja: '差戻し' },
} satisfies Group

/** The fields of a proposal. */
export const proposalFields = {
  control: { en: 'Control number', ko: '관리 번호', ja: '管理番号' },
  originator: { en: 'Originator', ko: '생산국', ja: '作成国' },
  recipient: { en: 'Recipient', ko: '수신처', ja: '受領先' },
  instrument: { en: 'Agreement', ko: '협정', ja: '協定' },
  profile: { en: 'Profile', ko: '협정 조건(프로파일)', ja: '協定条件（プロファイル）' },
  marking: { en: 'Marking', ko: '비밀 표지', ja: '秘密表示' },
  receiverMarking: { en: 'Marking at the receiver', ko: '상대국에서의 표지', ja: '相手国での表示' },
  category: { en: 'Category', ko: '분야', ja: '分野' },
  purpose: { en: 'Purpose', ko: '목적', ja: '目的' },
  commitment: {
    en: 'Commitment to title, file name and content',
    ko: '제목·파일 이름·내용의 확약값',
    ja: '件名・ファイル名・内容の確約値',
  },
  payload: { en: 'Sealed content', ko: '봉인된 내용', ja: '封印された内容' },
  derivedFrom: { en: 'Derives from', ko: '출처 자료', ja: '由来する資料' },
  v: { en: 'Version of the form', ko: '서식 판', ja: '書式の版' },
} satisfies Readonly<Record<keyof Proposal, Words>>
