/** Refusals of the gate that any pillar's actions may meet, and the nation's own rules that it applies. */
import type { PillarWords } from './word.ts'

export const gate = {
  gateRefusals: {
    no_agreement_in_force: {
      en: 'No agreement in force covers this. Choose another partner, or ask the treaty officer.',
      ko: '이를 규율하는 발효 중인 협정이 없습니다. 다른 상대국을 선택하거나 조약 담당관에게 문의하십시오.',
      ja: 'これを対象とする発効中の協定がありません。別の相手国を選ぶか、条約担当官に照会してください。',
      short: { en: 'no agreement in force', ko: '발효 중인 협정 없음', ja: '発効中の協定なし' },
    },
    profile_differs: {
      en: 'The two nations hold different terms. Nothing may cross until the treaty officers agree on them.',
      ko: '양국이 보유한 협정 조건이 서로 다릅니다. 조약 담당관 간에 일치될 때까지 아무것도 제공할 수 없습니다.',
      ja: '両国の保有する協定条件が一致していません。条約担当官の間で一致するまで、何も提供できません。',
      short: {
        en: 'the terms of the two nations differ',
        ko: '양국의 협정 조건이 다름',
        ja: '両国の協定条件が異なる',
      },
    },
    link_not_open: {
      en: 'The link with this partner is not open. Ask the administrator to open it.',
      ko: '이 상대국과의 연결이 열려 있지 않습니다. 관리자에게 연결 개설을 요청하십시오.',
      ja: 'この相手国との接続は開設されていません。管理者に開設を依頼してください。',
      short: { en: 'the link was not open', ko: '연결이 열려 있지 않음', ja: '接続が開設されていない' },
    },
    channel_not_permitted: {
      en: 'The agreement does not permit this channel. Use one of the government-to-government channels that it names.',
      ko: '협정이 허용하지 않는 경로입니다. 협정에 정한 정부 간 경로를 이용하십시오.',
      ja: '協定が認めない経路です。協定に定める政府間の経路を用いてください。',
      short: { en: 'channel not permitted', ko: '허용되지 않은 경로', ja: '認められない経路' },
    },
    category_not_permitted: {
      en: 'The agreement does not cover this category. Choose a category that it covers.',
      ko: '협정이 다루지 않는 분야입니다. 협정에 포함된 분야를 선택하십시오.',
      ja: '協定の対象外の分野です。協定が対象とする分野を選んでください。',
      short: { en: 'category not covered', ko: '대상이 아닌 분야', ja: '対象外の分野' },
    },
    not_authorised: {
      en: 'Your role does not carry the authority for this. Ask someone who holds it.',
      ko: '귀하의 직책에는 이 권한이 없습니다. 권한을 가진 담당자에게 요청하십시오.',
      ja: 'あなたの職務にはこの権限がありません。権限を有する担当者に依頼してください。',
      short: { en: 'no authority', ko: '권한 없음', ja: '権限なし' },
    },
    clearance_missing: {
      en: 'You hold no clearance. Ask the security officer for one.',
      ko: '비밀취급인가가 없습니다. 보안담당관에게 인가를 신청하십시오.',
      ja: '秘密取扱資格がありません。保全担当官に申請してください。',
      short: { en: 'no clearance', ko: '비밀취급인가 없음', ja: '秘密取扱資格なし' },
    },
    clearance_expired: {
      en: 'Your clearance has ended. Ask the security officer to renew it.',
      ko: '비밀취급인가 기간이 끝났습니다. 보안담당관에게 갱신을 신청하십시오.',
      ja: '秘密取扱資格の期限が切れています。保全担当官に更新を申請してください。',
      short: { en: 'clearance had ended', ko: '비밀취급인가 기간 만료', ja: '秘密取扱資格の期限切れ' },
    },
    clearance_too_low: {
      en: 'Your clearance is below this marking. Ask the security officer for a higher one.',
      ko: '귀하의 비밀취급인가 등급이 이 비밀보다 낮습니다. 보안담당관에게 상위 등급을 신청하십시오.',
      ja: 'あなたの秘密取扱資格は、この秘密区分に達していません。保全担当官に上位の資格を申請してください。',
      short: { en: 'clearance below the marking', ko: '인가 등급이 낮음', ja: '資格が秘密区分に達しない' },
    },
    need_to_know_missing: {
      en: 'You hold no need-to-know for this. Ask the security officer to grant it.',
      ko: '이 건에 대한 알 필요가 인정되지 않았습니다. 보안담당관에게 부여를 요청하십시오.',
      ja: 'この件について知る必要が認められていません。保全担当官に付与を依頼してください。',
      short: { en: 'no need-to-know', ko: '알 필요가 인정되지 않음', ja: '知る必要が認められていない' },
    },
    gate_error: {
      en: 'The rules could not be evaluated, so this is refused. Tell the administrator.',
      ko: '규칙을 판정하지 못하여 거부하였습니다. 관리자에게 알리십시오.',
      ja: '規則を判定できなかったため、拒否しました。管理者に連絡してください。',
      short: {
        en: 'the rules could not be evaluated',
        ko: '규칙을 판정하지 못함',
        ja: '規則を判定できなかった',
      },
    },
  },
  rules: {
    '1': {
      en: 'Nothing is provided, accepted or ordered unless an agreement in force covers it. What was provided under an agreement stays protected after its end.',
      ko: '발효 중인 협정이 규율하지 않으면 아무것도 제공·접수·주문할 수 없습니다. 협정에 따라 받은 것은 협정이 끝난 뒤에도 보호됩니다.',
      ja: '効力を有する協定の対象でなければ、何も提供・受領・要請できません。協定に基づき受けたものは、協定の終了後も保護されます。',
    },
    '2': {
      en: 'Nothing crosses unless both nations hold the same terms and the link with the partner is open.',
      ko: '양국이 같은 조건을 보유하고 상대국과의 연결이 개통되어 있어야 오갈 수 있습니다.',
      ja: '両国が同じ条件を保有し、相手国との接続が開通していなければ、何も往来できません。',
    },
    '3': {
      en: 'Only the offices named for an action may take it: analysts and watch officers submit, release authorities approve and release, officers and watch officers open, security officers assure, supply officers order. Registrars, security officers and inspectors export evidence with its opening.',
      ko: '정해진 직책의 사람만 할 수 있습니다. 상신은 분석관과 당직 장교, 결재와 제공은 제공 승인권자, 열람은 담당 장교와 당직 장교, 보증은 보안담당관, 주문은 군수 담당관이 합니다. 열람 정보를 포함한 증거는 비밀 등록관, 보안담당관, 보안 감사관이 내보냅니다.',
      ja: '定められた職務の者だけが行えます。提出は分析官と当直士官、承認と提供は提供承認権者、開封は担当官と当直士官、保証は保全担当官、要請は補給担当官が行います。開封情報を含む証拠は、秘密登録官、保全担当官、保全監査官が書き出します。',
    },
    '4': {
      en: 'Nobody approves what they wrote themselves.',
      ko: '작성자 본인은 결재할 수 없습니다.',
      ja: '作成者本人は承認できません。',
    },
    '5': {
      en: 'A release needs the signatures of two release authorities.',
      ko: '제공하려면 제공 승인권자 2명의 서명이 필요합니다.',
      ja: '提供には、提供承認権者2名の署名が必要です。',
    },
    '6': {
      en: 'Opening or approving needs a clearance that is valid and reaches the marking.',
      ko: '열람하거나 결재하려면 유효하고 등급에 맞는 비밀취급인가가 필요합니다.',
      ja: '開封または承認には、有効で区分に達する秘密取扱資格が必要です。',
    },
    '7': {
      en: 'Opening needs a need-to-know, granted for the matter or its category.',
      ko: '열람하려면 그 건이나 분야에 대한 알 필요가 인정되어야 합니다.',
      ja: '開封には、その件または分野について知る必要が認められていなければなりません。',
    },
    '8': {
      en: 'Information of another nation is passed on only with that nation’s written approval.',
      ko: '다른 나라가 제공한 것은 그 나라의 서면 승인 없이 더 제공할 수 없습니다.',
      ja: '他国が提供したものは、その国の書面による承認なしに、さらに提供できません。',
    },
    '9': {
      en: 'If the rules cannot be evaluated, the action is refused. Tell the administrator.',
      ko: '규칙을 판정할 수 없으면 거부합니다. 관리자에게 알리십시오.',
      ja: '規則を判定できなければ拒否します。管理者に連絡してください。',
    },
    '10': {
      en: 'What an agreement does not permit in words is not permitted.',
      ko: '협정이 명시적으로 허용하지 않은 것은 허용되지 않습니다.',
      ja: '協定が明文で認めていないことは認められません。',
    },
    '11': {
      en: 'Nothing is provided before the receiving nation has given its assurance of protection.',
      ko: '접수국이 보호를 보증하기 전에는 아무것도 제공하지 않습니다.',
      ja: '受領国が保護を保証するまでは、何も提供しません。',
    },
  },
  gateFacts: {
    action: { en: 'Action', ko: '행위', ja: '行為' },
    nation: { en: 'Nation that decides', ko: '판정하는 국가', ja: '判定する国' },
    from: { en: 'Provided by', ko: '제공국', ja: '提供国' },
    to: { en: 'Received by', ko: '접수국', ja: '受領国' },
    subject: { en: 'Subject', ko: '구분', ja: '区分' },
    agreement: { en: 'Agreement', ko: '협정', ja: '協定' },
    'agreement.instrument': { en: 'Agreement', ko: '협정', ja: '協定' },
    'agreement.profile': { en: 'Our profile', ko: '자국 프로파일', ja: '自国のプロファイル' },
    'agreement.state': { en: 'Agreement’s status', ko: '협정의 상태', ja: '協定の状態' },
    'agreement.partnerProfile': {
      en: 'Partner’s profile',
      ko: '상대국 프로파일',
      ja: '相手国のプロファイル',
    },
    link: { en: 'Link', ko: '연결', ja: '接続' },
    channel: { en: 'Channel', ko: '경로', ja: '経路' },
    'actor.roles': { en: 'Roles of the person', ko: '요청자의 직책', ja: '求めた者の職務' },
    'actor.clearance': { en: 'Clearance', ko: '비밀취급인가', ja: '秘密取扱資格' },
    'actor.clearance.marking': { en: 'Clearance up to', ko: '비밀취급인가 등급', ja: '秘密取扱資格の区分' },
    'actor.clearance.rank': {
      en: 'Rank of the clearance',
      ko: '비밀취급인가 순위',
      ja: '秘密取扱資格の順位',
    },
    'actor.clearance.valid': { en: 'Clearance is valid', ko: '비밀취급인가 유효', ja: '秘密取扱資格は有効' },
    'actor.needToKnow': { en: 'Need-to-know', ko: '알 필요', ja: '知る必要' },
    'actor.author': { en: 'The person is the author', ko: '작성자 본인', ja: '作成者本人' },
    context: { en: 'Further facts', ko: '그 밖의 사실', ja: 'その他の事実' },
    cited: { en: 'Articles of another agreement', ko: '다른 협정의 조항', ja: '他の協定の条項' },
    'matter.category': { en: 'Category', ko: '분야', ja: '分野' },
  },
} satisfies PillarWords
