/** Links with partners, their logs, and the bundles that carry them. */
import type { Group, KindWords, PillarWords } from './word.ts'

export const links = {
  refusals: {
    link_frozen: {
      en: 'The link is frozen. Nothing crosses until that is resolved. The page of the link says why, and what to do.',
      ko: '연결이 동결되었습니다. 해결될 때까지 아무것도 오가지 않습니다. 이유와 조치는 그 연결 화면에 있습니다.',
      ja: '接続は凍結されています。解決するまで、何も往来しません。理由と対処は、その接続の画面に示されています。',
    },
    link_exists: {
      en: 'There is already a link with this nation. Its card stays as it is.',
      ko: '이 국가와의 연결이 이미 있습니다. 그 노드 카드는 그대로 유지됩니다.',
      ja: 'この国との接続がすでにあります。そのノードカードはそのまま保たれます。',
    },
    link_forked: {
      en: 'This contradicts what the partner signed before. Both are kept as evidence, and the link is frozen. Tell the security officer.',
      ko: '상대국이 앞서 서명한 것과 모순됩니다. 양쪽 모두 증거로 보존하고 연결을 동결하였습니다. 보안담당관에게 보고하십시오.',
      ja: '相手国が先に署名したものと矛盾します。双方を証拠として保存し、接続を凍結しました。保全担当官に報告してください。',
    },
    fingerprint_differs: {
      en: 'This is not the fingerprint of the link. Compare both screens again. If they differ, do not open the link.',
      ko: '이 연결의 지문이 아닙니다. 두 화면을 다시 대조하십시오. 서로 다르면 연결을 열지 마십시오.',
      ja: 'この接続の指紋ではありません。双方の画面をもう一度照合し、異なる場合は接続を開設しないでください。',
    },
    partner_not_met: {
      en: 'This node has not heard from the partner since it started, so it does not know what the partner holds and signs nothing new. Connect once, or import the partner’s newest bundle.',
      ko: '이 노드는 시작한 뒤 상대국이 무엇을 보유하고 있는지 아직 확인하지 못하여 새로 서명하지 않습니다. 한 번 연결하거나 상대국의 최신 묶음을 들여오십시오.',
      ja: '起動後、相手国が何を保有しているかをまだ確認していないため、新たな署名を行いません。一度接続するか、相手国の最新のバンドルを取り込んでください。',
    },
    not_for_us: {
      en: 'This was made for another node. Take it to the node that it names.',
      ko: '다른 노드 앞으로 만든 것입니다. 해당 노드로 가져가십시오.',
      ja: '別のノード宛てに作成されたものです。宛先のノードへ持っていってください。',
    },
    out_of_order: {
      en: 'The bundle is older than what this node holds, or an earlier one is missing. Nothing was changed. Import bundles in the order in which they were made.',
      ko: '묶음이 이 노드가 보유한 것보다 오래되었거나 그 앞의 묶음이 빠져 있습니다. 바뀐 것은 없습니다. 만든 순서대로 들여오십시오.',
      ja: 'バンドルがこのノードの保有するものより古いか、その前のバンドルが欠けています。変更はありません。作成された順に取り込んでください。',
    },
    not_a_bundle: {
      en: 'The file is not a bundle, or its beginning is damaged. Choose another file.',
      ko: '묶음 파일이 아니거나 앞부분이 손상되었습니다. 다른 파일을 선택하십시오.',
      ja: 'バンドルのファイルではないか、先頭が損傷しています。別のファイルを選んでください。',
    },
    bundle_incomplete: {
      en: 'The end of the bundle is missing. Copy the file again.',
      ko: '묶음의 끝부분이 빠져 있습니다. 파일을 다시 복사하십시오.',
      ja: 'バンドルの末尾が欠けています。ファイルを複写し直してください。',
    },
    bundle_altered: {
      en: 'A part of the bundle was altered or damaged in transit. None of it was stored. Ask the partner for a new one.',
      ko: '묶음의 일부가 전달 중에 변경되거나 손상되었습니다. 아무것도 저장하지 않았습니다. 상대국에 새 묶음을 요청하십시오.',
      ja: 'バンドルの一部が搬送中に変更され、または損傷しました。何も保存していません。相手国に新しいバンドルを求めてください。',
    },
    bundle_unproved: {
      en: 'The bundle does not agree with what the partner’s node signed. None of it was stored. Report it to the security officer.',
      ko: '묶음이 상대국 노드가 서명한 것과 일치하지 않습니다. 아무것도 저장하지 않았습니다. 보안담당관에게 보고하십시오.',
      ja: 'バンドルが相手国のノードが署名したものと一致しません。何も保存していません。保全担当官に報告してください。',
    },
    signature_invalid: {
      en: 'A signature does not verify. Do not rely on it. Report it to the security officer.',
      ko: '서명이 검증되지 않습니다. 신뢰하지 말고 보안담당관에게 보고하십시오.',
      ja: '署名を検証できません。信頼せず、保全担当官に報告してください。',
      short: { en: 'a signature does not verify', ko: '서명이 검증되지 않음', ja: '署名を検証できない' },
    },
    unknown_kind: {
      en: 'This node does not know this kind of statement. Ask the administrator to update it.',
      ko: '이 노드가 알지 못하는 종류의 통보입니다. 관리자에게 갱신을 요청하십시오.',
      ja: 'このノードが知らない種類の通報です。管理者に更新を依頼してください。',
    },
    statement_invalid: {
      en: 'The statement is malformed and had no effect. Ask the partner to send it again.',
      ko: '통보의 형식이 잘못되어 효력이 없습니다. 상대국에 다시 통보하도록 요청하십시오.',
      ja: '通報の形式が正しくないため、効力を生じていません。相手国に改めて通報するよう求めてください。',
      short: { en: 'the statement is malformed', ko: '통보의 형식이 잘못됨', ja: '通報の形式が正しくない' },
    },
  },
  kinds: {
    'entry.refused': { en: 'Statement could not be applied', ko: '통보 적용 불가', ja: '適用できない通報' },
  } satisfies KindWords<'entry'>,
  desk: {
    link_frozen: {
      en: 'A link is frozen: nothing crosses on it',
      ko: '연결 동결: 왕래 중지',
      ja: '接続の凍結：往来の停止',
    },
    link_silent: { en: 'A partner has been silent', ko: '상대국 무응답', ja: '相手国からの応答なし' },
    entry_parked: {
      en: 'A statement of the partner could not be applied',
      ko: '적용하지 못한 상대국 통보',
      ja: '適用できなかった相手国の通報',
    },
  },
  pages: {
    link: { en: 'Link', ko: '연결', ja: '接続' },
  },
} satisfies PillarWords

/** States of a link. */
export const linkStates = {
  invited: { en: 'Invited: not yet confirmed', ko: '초대됨: 확인 전', ja: '招待中：未確認' },
  open: { en: 'Open', ko: '개통', ja: '開通' },
  frozen: { en: 'FROZEN', ko: '동결', ja: '凍結' },
} satisfies Group
