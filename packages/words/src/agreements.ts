/** Agreements between nations. */
import type { Group, KindWords, PillarWords } from './word.ts'

export const agreements = {
  kinds: {
    'agreement.declared': {
      en: 'Terms of an agreement declared',
      ko: '협정 조건 통보',
      ja: '協定の条件の通報',
    },
  } satisfies KindWords<'agreement'>,
  pages: {
    agreement: { en: 'Agreement', ko: '협정', ja: '協定' },
  },
  termKinds: {
    categories: { en: 'Categories', ko: '분야', ja: '分野' },
    authorities: { en: 'Competent authorities', ko: '권한 있는 당국', ja: '権限のある当局' },
    originator: { en: 'Name of the originator', ko: '생산국의 명칭', ja: '作成国の名称' },
    channel: { en: 'Channel', ko: '경로', ja: '経路' },
    entry_into_force: { en: 'Entry into force', ko: '발효', ja: '効力発生' },
    duration: { en: 'Duration', ko: '유효기간', ja: '有効期間' },
    notice: { en: 'Notice of termination', ko: '종료 통보', ja: '終了の通告' },
    survival: { en: 'Survival', ko: '종료 후 효력', ja: '終了後の効力' },
    amendment: { en: 'Amendment', ko: '개정', ja: '改正' },
    arrangements: { en: 'Implementing arrangements', ko: '이행약정', ja: '実施取決め' },
    costs: { en: 'Costs', ko: '비용', ja: '費用' },
    disputes: { en: 'Disputes', ko: '분쟁 해결', ja: '紛争の解決' },
    law_change: { en: 'Changes of national law', ko: '국내 법령의 변경', ja: '国内法令の変更' },
    purpose_of_agreement: { en: 'Purpose of the agreement', ko: '협정의 목적', ja: '協定の目的' },
    receipt: { en: 'Receipt', ko: '영수증', ja: '受領証' },
    substantial_protection: {
      en: 'Equivalent protection',
      ko: '실질적으로 동등한 보호',
      ja: '実質的に同等の保護',
    },
  },
  termRules: {
    later_of_notifications: {
      en: 'In force on the later of both notifications',
      ko: '양국 통보 중 나중 통보일에 발효',
      ja: '両国の通告のうち遅い日に効力発生',
    },
    on_signature: { en: 'In force on signature', ko: '서명과 동시에 발효', ja: '署名の時に効力発生' },
    stated: {
      en: 'The rule was not read; the recorded date is used',
      ko: '규정을 확인하지 못하여 기록된 일자에 따름',
      ja: '規定を確認していないため、記録された日による',
    },
    not_concluded: { en: 'There is no signed text', ko: '서명된 본문이 없음', ja: '署名された条文はない' },
    unconditional: {
      en: 'What was provided stays protected after termination',
      ko: '종료 후에도 제공된 정보는 계속 보호',
      ja: '終了後も、提供された情報は引き続き保護',
    },
    government_to_government: { en: 'Government to government', ko: '정부 간', ja: '政府間' },
    network: { en: 'Network', ko: '통신망', ja: '通信網' },
    media: { en: 'Removable media', ko: '이동식 매체', ja: '可搬媒体' },
  },
} satisfies PillarWords

/** States of an agreement on a day. */
export const agreementStates = {
  in_force: { en: 'In force', ko: '발효 중', ja: '効力発生中' },
  signed: { en: 'Signed, not yet in force', ko: '서명됨, 미발효', ja: '署名済み、未発効' },
  terminated: { en: 'Terminated', ko: '종료됨', ja: '終了' },
  not_concluded: { en: 'Not concluded', ko: '미체결', ja: '未締結' },
} satisfies Group

/** Kinds of dated fact. */
export const factKinds = {
  proposed: { en: 'Proposed', ko: '제안', ja: '提案' },
  initialled: { en: 'Initialled', ko: '가서명', ja: '仮署名' },
  signed: { en: 'Signed', ko: '서명', ja: '署名' },
  postponed: { en: 'Postponed', ko: '연기', ja: '延期' },
  notified: {
    en: 'Notified that its legal requirements are fulfilled',
    ko: '국내 절차 완료 통보',
    ja: '国内手続完了の通告',
  },
  entered_into_force: { en: 'Entered into force', ko: '발효', ja: '効力発生' },
  promulgated: { en: 'Promulgated', ko: '공포', ja: '公布' },
  notice_given: { en: 'Gave notice of termination', ko: '종료 통보', ja: '終了の通告' },
  notice_suspended: {
    en: 'Suspended the effect of its notice',
    ko: '종료 통보의 효력 정지',
    ja: '終了通告の効力停止',
  },
  notice_withdrawn: { en: 'Withdrew its notice', ko: '종료 통보 철회', ja: '終了通告の撤回' },
  amended: { en: 'Amended', ko: '개정', ja: '改正' },
  position: { en: 'Stated its position', ko: '입장 표명', ja: '立場の表明' },
} satisfies Group
