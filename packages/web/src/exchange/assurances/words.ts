/** Texts of the page of assurances. */
import { texts } from '../../core/texts.ts'

export const assuranceWords = texts('exchange/assurances', {
  assurancesLead: [
    'Before provision the receiving nation assures clearance, official purpose and equivalent protection (Art. 7.5).',
    '제공 전에 접수국이 비밀취급인가, 공적 목적, 동등한 보호를 보증합니다(제7조 제5항).',
    '提供の前に、受領国が秘密取扱資格、公用の目的、同等の保護を保証します（第7条5）。',
  ],
  given: ['Given by us', '자국이 제공한 보증', '自国が与えた保証'],
  receivedFrom: ['Received', '받은 보증', '受けた保証'],
  givenEmpty: [
    'You have given none. Partners can provide nothing until you give one.',
    '제공한 보증이 없습니다. 보증이 있어야 상대국이 제공할 수 있습니다.',
    '与えた保証はありません。保証があるまで、相手国は提供できません。',
  ],
  receivedEmpty: [
    'You have received none. Nothing can be released until the partner gives one.',
    '받은 보증이 없습니다. 상대국이 보증해야 제공할 수 있습니다.',
    '受けた保証はありません。相手国が与えるまで提供できません。',
  ],
  give: ['Give an assurance', '보증 제공', '保証を与える'],
  giveTitle: ['Give an assurance', '보증 제공', '保証を与える'],
  giveLead: [
    'You sign for your nation that this organisation is cleared, acts for an official purpose and gives equivalent protection.',
    '자국을 대표하여, 이 기관이 인가를 갖추고 공적 목적으로 활동하며 동등하게 보호함에 서명합니다.',
    '自国を代表し、この機関が資格を有し、公用の目的で、同等に保護することに署名します。',
  ],
  ourOrganisation: ['Our organisation', '자국 기관', '自国の機関'],
  purposes: ['Purposes', '목적', '目的'],
  until: ['Until', '기한', '期限'],
  validFrom: ['From', '시작', '開始'],
  inForce: ['in force', '유효', '有効'],
  notInForce: ['not in force', '유효하지 않음', '無効'],
  withdrawnAt: ['withdrawn', '철회됨', '撤回'],
  signedBy: ['Signed by', '서명자', '署名者'],
  withdrawAssurance: ['Withdraw the assurance', '보증 철회', '保証の撤回'],
  withdrawAssuranceLead: [
    'The partner provides nothing more under it as soon as it receives this statement. What has been provided stays protected.',
    '상대국이 통보를 받는 순간부터 더 이상 제공되지 않습니다. 이미 제공된 것은 계속 보호됩니다.',
    '相手国が通報を受けた時から、これに基づく提供は止まります。提供済みのものは引き続き保護されます。',
  ],
  noneInForce: [
    'No agreement in force with this partner names purposes and markings.',
    '이 상대국과 목적·표지를 정한 발효 중인 협정이 없습니다.',
    'この相手国との間に、目的と表示を定める発効中の協定がありません。',
  ],
})
