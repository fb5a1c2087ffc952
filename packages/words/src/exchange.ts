/** The exchange of information. */
import type { ItemState } from '#wire/exchange/item.ts'
import type { Proposal } from '#wire/exchange/proposal.ts'
import type { ActWords, Group, KindWords, PillarWords, Words } from './word.ts'

export const exchange = {
  refusals: {
    digest_differs: {
      en: 'The text has changed since you read it. Read it again before you sign.',
      ko: '열람한 뒤에 내용이 바뀌었습니다. 다시 읽은 후 서명하십시오.',
      ja: '閲覧した後に内容が変わりました。読み直してから署名してください。',
    },
    not_yet_cosigned: {
      en: 'The partner has not cosigned the log yet, so nothing can be proved. Try again shortly.',
      ko: '상대국이 아직 기록에 연서하지 않아 증명할 수 없습니다. 잠시 후 다시 시도하십시오.',
      ja: '相手国がまだ記録に連署していないため、証明できません。しばらくして、もう一度お試しください。',
    },
    content_missing: {
      en: 'The content is not here yet. Wait until it has arrived, or ask for it to be sent again.',
      ko: '내용이 아직 도착하지 않았습니다. 기다리거나 상대국에 재송신을 요청하십시오.',
      ja: '内容がまだ届いていません。到着を待つか、相手国に再送を求めてください。',
      short: { en: 'the content had not arrived', ko: '내용이 도착하지 않음', ja: '内容が未到着' },
    },
    content_broken: {
      en: 'The content does not match its seal. Do not use it. Report it to the security officer.',
      ko: '내용이 봉인과 일치하지 않습니다. 사용하지 말고 보안담당관에게 보고하십시오.',
      ja: '内容が封印と一致しません。使用せず、保全担当官に報告してください。',
      short: {
        en: 'the content does not match its seal',
        ko: '내용이 봉인과 일치하지 않음',
        ja: '内容が封印と一致しない',
      },
    },
  },
  gateRefusals: {
    recipient_not_competent: {
      en: 'This organisation is not a competent authority under the agreement. Choose one that is.',
      ko: '이 기관은 협정상 권한 있는 당국이 아닙니다. 권한 있는 당국을 선택하십시오.',
      ja: 'この機関は協定上の権限のある当局ではありません。権限のある当局を選んでください。',
      short: { en: 'recipient not competent', ko: '권한 있는 당국이 아님', ja: '権限のある当局でない' },
    },
    no_equivalent_marking: {
      en: 'The agreement names no equivalent for this marking. This information may not be provided.',
      ko: '협정에 이 비밀 표지에 상응하는 표지가 없습니다. 이 정보는 제공할 수 없습니다.',
      ja: 'この秘密表示に対応する表示が協定にありません。この情報は提供できません。',
      short: { en: 'no equivalent marking', ko: '상응하는 표지 없음', ja: '対応する表示なし' },
    },
    purpose_missing: {
      en: 'The purpose is missing, or is not the one that the information was provided for. State the purpose.',
      ko: '제공 목적이 없거나 제공받은 목적과 다릅니다. 목적을 기재하십시오.',
      ja: '目的がないか、提供を受けた目的と異なります。目的を記入してください。',
      short: {
        en: 'no purpose, or not the one it was provided for',
        ko: '목적이 없거나 제공 목적과 다름',
        ja: '目的がないか、提供の目的と異なる',
      },
    },
    purpose_not_permitted: {
      en: 'The agreement does not permit this purpose. Choose a purpose that it permits.',
      ko: '협정이 허용하지 않는 목적입니다. 허용된 목적을 선택하십시오.',
      ja: '協定が認めない目的です。認められた目的を選んでください。',
      short: { en: 'purpose not permitted', ko: '허용되지 않은 목적', ja: '認められない目的' },
    },
    third_party_release: {
      en: 'This derives from information of another nation. Obtain that nation’s written approval first.',
      ko: '제3국의 정보에서 파생된 내용입니다. 먼저 해당국의 서면 승인을 받으십시오.',
      ja: '第三国の情報に由来する内容です。先に当該国の書面による承認を得てください。',
      short: { en: 'information of a third nation', ko: '제3국의 정보', ja: '第三国の情報' },
    },
    author_cannot_approve: {
      en: 'You wrote this, so you cannot approve it. Ask another release authority.',
      ko: '작성자 본인은 결재할 수 없습니다. 다른 제공 승인권자가 결재해야 합니다.',
      ja: '作成者本人は承認できません。別の提供承認権者の承認が必要です。',
      short: {
        en: 'the author is among the signers',
        ko: '작성자가 서명자에 포함됨',
        ja: '作成者が署名者に含まれる',
      },
    },
    approvals_missing: {
      en: 'Approvals are still missing. The report is released when enough release authorities have signed.',
      ko: '결재가 아직 부족합니다. 필요한 수의 제공 승인권자가 서명하면 제공됩니다.',
      ja: '承認がまだ足りません。所要の提供承認権者が署名すると提供されます。',
      short: { en: 'approvals missing', ko: '결재 부족', ja: '承認の不足' },
    },
    assurance_missing: {
      en: 'The receiving nation has given no assurance for this. Ask it to give one before provision.',
      ko: '접수국의 사전 보증이 없습니다. 제공 전에 보증을 요청하십시오.',
      ja: '受領国の事前の保証がありません。提供の前に保証を求めてください。',
      short: { en: 'no assurance in force', ko: '유효한 보증 없음', ja: '有効な保証なし' },
    },
  },
  kinds: {
    'assurance.given': { en: 'Assurance given', ko: '보증 제공', ja: '保証の付与' },
    'assurance.withdrawn': { en: 'Assurance withdrawn', ko: '보증 철회', ja: '保証の撤回' },
    'exchange.offered': { en: 'Item offered', ko: '자료 제공', ja: '資料の提供' },
    'exchange.withdrawn': { en: 'Item withdrawn', ko: '자료 제공 철회', ja: '資料の提供の撤回' },
    'exchange.accepted': { en: 'Item accepted', ko: '자료 접수', ja: '資料の受領' },
    'exchange.refused': { en: 'Item refused', ko: '자료 거부', ja: '資料の拒否' },
    'exchange.receipted': { en: 'Receipt of an opening', ko: '열람 영수증', ja: '開封の受領証' },
    'register.stated': { en: 'Register stated', ko: '등록부 통보', ja: '登録簿の通報' },
  } satisfies KindWords<'assurance' | 'exchange' | 'register'>,
  events: {
    'exchange.offered': {
      en: '{nation} released and offered it',
      ko: '{nation}: 제공을 결재하고 제공함',
      ja: '{nation}：提供を承認し、提供した',
    },
    'exchange.accepted': {
      en: '{nation} accepted it and registered it as {note}',
      ko: '{nation}: 접수하고 등록함, 등록 번호 {note}',
      ja: '{nation}：受領し、{note} として登録した',
    },
    'exchange.refused': {
      en: '{nation} refused it ({note})',
      ko: '{nation}: 거부함 ({note})',
      ja: '{nation}：拒否した（{note}）',
    },
    'exchange.withdrawn': { en: '{nation} withdrew it', ko: '{nation}: 철회함', ja: '{nation}：撤回した' },
    'exchange.receipted': {
      en: '{nation} opened it and signed the receipt',
      ko: '{nation}: 열람하고 영수증에 서명함',
      ja: '{nation}：開封し、受領証に署名した',
    },
  },
  acts: {
    'exchange.submit': { en: 'Submission of a report', ko: '보고서 상신', ja: '報告の提出' },
    'exchange.approve': { en: 'Approval of a release', ko: '제공 결재', ja: '提供の承認' },
    'exchange.receipt': { en: 'Receipt', ko: '영수증', ja: '受領証' },
    'assurance.give': { en: 'Assurance before provision', ko: '제공 전 보증', ja: '提供前の保証' },
    'assurance.withdraw': { en: 'Withdrawal of an assurance', ko: '보증 철회', ja: '保証の撤回' },
  } satisfies ActWords<'exchange' | 'assurance'>,
  gateActs: {
    release: { en: 'Release', ko: '제공', ja: '提供' },
    send: { en: 'Send', ko: '발송', ja: '発送' },
    approve: { en: 'Approve', ko: '결재', ja: '承認' },
    accept: { en: 'Accept', ko: '접수', ja: '受領' },
    open: { en: 'Open', ko: '열람', ja: '開封' },
  },
  rules: {
    'EXC-21': {
      en: 'Only the author changes a draft, and only until it is released. A change voids the signatures.',
      ko: '초안은 작성자만, 제공되기 전까지만 고칠 수 있습니다. 고치면 서명은 무효가 됩니다.',
      ja: '起案を変更できるのは作成者だけで、提供されるまでです。変更すると署名は無効になります。',
    },
    'EXC-23': {
      en: 'A person signs only the text that they have seen. If it has changed since, it is shown again first.',
      ko: '자신이 본 문안에만 서명합니다. 그 뒤에 바뀌었으면 먼저 다시 보여 줍니다.',
      ja: '署名するのは自ら見た文面だけです。その後変わっていれば、まず改めて表示します。',
    },
    'EXC-60': {
      en: 'A person opens an item only if their clearance reaches its marking, their need-to-know covers it, and the purpose is the one that it was provided for. Rank alone is not enough (Arts 6(c), 7.1, 7.2).',
      ko: '자료는 비밀취급인가가 그 등급에 이르고 알 필요가 인정된 사람이, 제공된 목적을 위해서만 열람합니다. 직급만으로는 부족합니다(제6조 다항, 제7조 제1·2항).',
      ja: '資料は、秘密取扱資格がその区分に達し、知る必要が認められた者が、提供された目的のためにだけ開封します。階級だけでは足りません（第6条(c)、第7条1・2）。',
    },
  },
  desk: {
    finish_draft: { en: 'Finish your draft', ko: '초안 작성 완료', ja: '起案の完成' },
    draft_refused: {
      en: 'Your draft was refused: correct it',
      ko: '초안 반려: 수정 필요',
      ja: '差し戻された起案の修正',
    },
    approve: { en: 'Approve or refuse the release', ko: '제공 결재 또는 반려', ja: '提供の承認または差戻し' },
    open: { en: 'Open what has arrived', ko: '도착 자료 열람', ja: '到着資料の開封' },
    receipt: { en: 'Sign the receipt', ko: '영수증 서명', ja: '受領証への署名' },
    await_approval: { en: 'Waiting for approval', ko: '결재 대기', ja: '承認待ち' },
    await_acceptance: {
      en: 'Waiting for the partner to accept',
      ko: '상대국 접수 대기',
      ja: '相手国の受領待ち',
    },
    await_receipt: {
      en: 'Waiting for the recipient’s receipt',
      ko: '수신자 영수증 대기',
      ja: '受領者の受領証待ち',
    },
    await_opening: { en: 'Waiting for an officer to open', ko: '담당관 열람 대기', ja: '担当官の開封待ち' },
    assurance_ends: { en: 'An assurance ends soon', ko: '보증 기간 만료 임박', ja: '保証の期限切れ間近' },
    receipted: { en: 'Receipt signed', ko: '영수증 서명됨', ja: '受領証署名済み' },
    refused_there: { en: 'Refused by the partner', ko: '상대국 거부', ja: '相手国が拒否' },
    stopped_here: {
      en: 'Released, but no longer permitted to be sent',
      ko: '제공 승인 후 발송이 허용되지 않음',
      ja: '提供承認後、発送が許可されず',
    },
    not_applied_there: {
      en: 'The partner’s node could not apply it',
      ko: '상대국 노드가 적용하지 못함',
      ja: '相手国のノードが適用できず',
    },
  },
  pages: {
    item: { en: 'Item', ko: '자료', ja: '資料' },
    draft: { en: 'Draft', ko: '초안', ja: '起案' },
    assurances: { en: 'Assurances', ko: '보증', ja: '保証' },
  },
  categories: {
    missile_launch: { en: 'Missile launch', ko: '미사일 발사', ja: 'ミサイル発射' },
    missile_programme: { en: 'Missile programme', ko: '미사일 프로그램', ja: 'ミサイル計画' },
    nuclear_programme: { en: 'Nuclear programme', ko: '핵 프로그램', ja: '核計画' },
    search_and_rescue: { en: 'Search and rescue', ko: '탐색구조', ja: '捜索救助' },
    maritime_surveillance: { en: 'Maritime surveillance', ko: '해상 감시', ja: '海上監視' },
    air_surveillance: { en: 'Air surveillance', ko: '공중 감시', ja: '航空監視' },
    defence_general: { en: 'Defence in general', ko: '국방 일반', ja: '防衛一般' },
    trade: { en: 'Trade', ko: '통상', ja: '通商' },
    criminal_justice: { en: 'Criminal justice', ko: '형사 사법', ja: '刑事司法' },
    immigration: { en: 'Immigration', ko: '출입국', ja: '出入国' },
  },
  purposes: {
    missile_warning: { en: 'Missile warning', ko: '미사일 경보', ja: 'ミサイル警報' },
    missile_assessment: { en: 'Missile assessment', ko: '미사일 평가', ja: 'ミサイルの評価' },
    nuclear_assessment: { en: 'Nuclear assessment', ko: '핵 프로그램 평가', ja: '核計画の評価' },
    maritime_safety: { en: 'Maritime safety', ko: '해상 안전', ja: '海上の安全' },
    air_safety: { en: 'Air safety', ko: '항공 안전', ja: '航空の安全' },
    search_and_rescue: { en: 'Search and rescue', ko: '탐색구조', ja: '捜索救助' },
    defence_planning: { en: 'Defence planning', ko: '국방 기획', ja: '防衛計画' },
    exercise: { en: 'Exercise', ko: '연습', ja: '演習' },
  },
  termKinds: {
    markings: { en: 'Markings', ko: '비밀 표지', ja: '秘密表示' },
    equivalence: { en: 'Equivalence of markings', ko: '상응 표지', ja: '対応する秘密表示' },
    third_party: { en: 'Third parties', ko: '제3자', ja: '第三者' },
    purpose: { en: 'Purpose of use', ko: '사용 목적', ja: '使用の目的' },
    access: { en: 'Access', ko: '접근', ja: 'アクセス' },
    assurance: { en: 'Assurance before provision', ko: '제공 전 보증', ja: '提供前の保証' },
    contractors: { en: 'Contractors', ko: '계약자', ja: '契約業者' },
    control: { en: 'Control of documents', ko: '문서 통제', ja: '文書の管理' },
    derived: { en: 'Derived information', ko: '파생 정보', ja: '派生した情報' },
    destruction: { en: 'Destruction', ko: '파기', ja: '破棄' },
    electronic: { en: 'Electronic transmission', ko: '전자적 송신', ja: '電子的な送信' },
    envelope: { en: 'Double envelope', ko: '이중 봉투', ja: '二重の封筒' },
    facilities: { en: 'Facilities', ko: '시설', ja: '施設' },
    intellectual_property: { en: 'Intellectual property', ko: '지식재산권', ja: '知的財産権' },
    loss: { en: 'Loss and compromise', ko: '분실과 훼손', ja: '紛失と漏えい' },
    reclassification: { en: 'Reclassification', ko: '재분류', ja: '秘密区分の変更' },
    register: { en: 'Register of persons', ko: '열람자 명부', ja: '閲覧者の名簿' },
    reproduction: { en: 'Reproduction', ko: '복제', ja: '複製' },
    return: { en: 'Return', ko: '반환', ja: '返却' },
    security_visits: { en: 'Security visits', ko: '보안 방문', ja: '保全のための訪問' },
    storage: { en: 'Storage', ko: '보관', ja: '保管' },
    translation: { en: 'Translation', ko: '번역', ja: '翻訳' },
    visits: { en: 'Visits', ko: '방문', ja: '訪問' },
  },
  termRules: {
    originator_consent: {
      en: 'No third party without the originator’s written approval',
      ko: '생산국의 서면 승인 없이 제3자 제공 금지',
      ja: '作成国の書面による承認なしに第三者へ提供しない',
    },
    clearance: { en: 'Clearance', ko: '비밀취급인가', ja: '秘密取扱資格' },
    need_to_know: { en: 'Need-to-know', ko: '알 필요', ja: '知る必要' },
    official_purpose: { en: 'Official purpose', ko: '공적 목적', ja: '公用の目的' },
    equivalent_protection: { en: 'Equivalent protection', ko: '동등한 보호', ja: '同等の保護' },
  },
  gateFacts: {
    'matter.originator': { en: 'Originator', ko: '생산국', ja: '作成国' },
    'matter.marking': { en: 'Originator’s marking', ko: '생산국의 비밀 표지', ja: '作成国の秘密表示' },
    'matter.markingRank': {
      en: 'Rank of the marking here',
      ko: '자국에서의 비밀 순위',
      ja: '自国における秘密の順位',
    },
    'matter.receiverMarking': {
      en: 'Marking at the receiver',
      ko: '접수국의 비밀 표지',
      ja: '受領国の秘密表示',
    },
    'matter.purpose': { en: 'Purpose', ko: '목적', ja: '目的' },
    'matter.organisation': { en: 'Recipient organisation', ko: '수신 기관', ja: '受領機関' },
    'matter.thirdParty': {
      en: 'Holds a third nation’s information',
      ko: '제3국 정보 포함',
      ja: '第三国の情報を含む',
    },
    'matter.originatorConsent': {
      en: 'The originator has consented',
      ko: '생산국의 승인',
      ja: '作成国の承認',
    },
    'cited.received_under': { en: 'Received under', ko: '접수 근거', ja: '受領の根拠' },
    'context.approvals.count': { en: 'Approvals', ko: '결재 수', ja: '承認の数' },
    'context.approvals.authorAmong': {
      en: 'The author is among them',
      ko: '작성자가 결재자에 포함',
      ja: '作成者が承認者に含まれる',
    },
    'context.assurance': { en: 'Assurance of the receiver', ko: '접수국의 보증', ja: '受領国の保証' },
    'matter.markings': { en: 'Markings assured', ko: '보증하는 비밀 표지', ja: '保証する秘密表示' },
    'matter.purposes': { en: 'Purposes assured', ko: '보증하는 목적', ja: '保証する目的' },
  },
} satisfies PillarWords

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
  submitted: { en: 'Before the release authorities', ko: '결재 중', ja: '承認待ち' },
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
