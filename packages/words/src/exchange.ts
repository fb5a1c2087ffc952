/** The exchange of information. */
import type { ActName } from '#wire/pillars.ts'
import type { KindWords, PillarWords, Words } from './word.ts'

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
        en: 'no purpose, or another than it was provided for',
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
    'exchange.opened': { en: 'Receipt of an opening', ko: '열람 영수증', ja: '開封の受領証' },
    'register.stated': { en: 'Register stated', ko: '등록부 통보', ja: '登録簿の通知' },
  } satisfies KindWords<'assurance' | 'exchange' | 'register'>,
  events: {
    'exchange.offered': {
      en: '{nation} released and offered it',
      ko: '{nation}: 공개를 결정하고 제공함',
      ja: '{nation}：開示を決定し提供した',
    },
    'exchange.accepted': {
      en: '{nation} accepted it and registered it as {note}',
      ko: '{nation}: 수락하고 등록함, 등록번호 {note}',
      ja: '{nation}：受諾し {note} として登録した',
    },
    'exchange.refused': {
      en: '{nation} refused it ({note})',
      ko: '{nation}: 거절함 ({note})',
      ja: '{nation}：拒否した（{note}）',
    },
    'exchange.withdrawn': { en: '{nation} took it back', ko: '{nation}: 철회함', ja: '{nation}：撤回した' },
    'exchange.opened': {
      en: '{nation} opened it and signed the receipt',
      ko: '{nation}: 열람하고 수령증에 서명함',
      ja: '{nation}：開封し受領証に署名した',
    },
  },
  acts: {
    'exchange.submit': { en: 'Submission of a report', ko: '보고서 상신', ja: '報告の上申' },
    'exchange.approve': { en: 'Approval of a release', ko: '제공 결재', ja: '提供の承認' },
    'exchange.receipt': { en: 'Receipt', ko: '영수증', ja: '受領証' },
    'assurance.give': { en: 'Assurance before provision', ko: '제공 전 보증', ja: '提供前の保証' },
    'assurance.withdraw': { en: 'Withdrawal of an assurance', ko: '보증 철회', ja: '保証の撤回' },
  } satisfies Readonly<Record<ActName, Words>>,
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
      ja: '草案を変更できるのは作成者だけで、提供されるまでです。変更すると署名は無効になります。',
    },
    'EXC-23': {
      en: 'A person signs the version that they have seen. If it has changed since, it is shown again first.',
      ko: '본 판에만 서명합니다. 그 뒤에 바뀌었으면 먼저 다시 보여 줍니다.',
      ja: '署名するのは見た版だけです。その後変わっていれば、まず改めて表示します。',
    },
    'EXC-60': {
      en: 'A person opens an item only if their clearance reaches its marking, their need-to-know covers it, and the purpose is the one that it was provided for. Rank alone is not enough (Arts 6(c), 7.1, 7.2).',
      ko: '건은 비밀취급인가가 그 등급에 이르고 알 필요가 인정된 사람이, 제공된 목적을 위해서만 열람합니다. 직급만으로는 부족합니다(제6조 다항, 제7조 제1·2항).',
      ja: '件は、秘密取扱資格がその区分に達し、知る必要が認められた者が、提供された目的のためにだけ開封します。階級だけでは足りません（第6条(c)、第7条1・2）。',
    },
  },
  desk: {
    finish_draft: { en: 'Finish your draft', ko: '초안 작성 완료', ja: '起案の完成' },
    draft_refused: {
      en: 'Your draft was refused: mend it or discard it',
      ko: '초안 반려: 고치거나 폐기',
      ja: '差し戻された起案の修正または廃棄',
    },
    approve: { en: 'Approve or refuse the release', ko: '제공 결재 또는 반려', ja: '提供の承認または差戻し' },
    open: { en: 'Open what has arrived', ko: '도착 자료 열람', ja: '到着資料の開封' },
    receipt: { en: 'Sign the receipt', ko: '영수증 서명', ja: '受領証への署名' },
    await_approval: { en: 'Approval awaited', ko: '결재 대기', ja: '承認待ち' },
    await_acceptance: {
      en: 'Acceptance by the partner awaited',
      ko: '상대국 접수 대기',
      ja: '相手国の受領待ち',
    },
    await_opening: { en: 'Opening by the recipient awaited', ko: '수신자 열람 대기', ja: '受領者の開封待ち' },
    assurance_ends: { en: 'An assurance ends soon', ko: '보증 기간 만료 임박', ja: '保証の期限切れ間近' },
    receipted: { en: 'Receipt signed', ko: '영수증 서명됨', ja: '受領証署名済み' },
    refused_there: { en: 'Refused by the partner', ko: '상대국 거부', ja: '相手国が拒否' },
  },
  pages: {
    item: { en: 'Item', ko: '자료', ja: '資料' },
    draft: { en: 'Draft', ko: '초안', ja: '草案' },
    assurances: { en: 'Assurances', ko: '보증', ja: '保証' },
  },
} satisfies PillarWords
