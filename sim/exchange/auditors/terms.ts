/**
 * The terms that a release depends on, copied by hand from the instruments, so that the auditors do not read
 * them with the code under audit.
 */

/**
 * Equivalent markings at another nation: JP–KR Art. 4.2, and the agreements of both with the United States.
 */
export const EQUIVALENTS: Readonly<Record<string, readonly string[]>> = {
  'JP 極秘 KR': ['군사 Ⅱ급 비밀'],
  'JP 特定秘密 KR': ['군사 Ⅱ급 비밀'],
  'JP 秘 KR': ['군사 Ⅲ급 비밀'],
  'KR 군사 Ⅱ급 비밀 JP': ['極秘', '特定秘密'],
  'KR 군사 Ⅲ급 비밀 JP': ['秘'],
  'JP 極秘 US': ['SECRET'],
  'JP 特定秘密 US': ['SECRET'],
  'JP 秘 US': ['CONFIDENTIAL'],
  'US SECRET JP': ['極秘', '特定秘密'],
  'US CONFIDENTIAL JP': ['秘'],
  'KR 군사 Ⅰ급 비밀 US': ['TOP SECRET'],
  'KR 군사 Ⅱ급 비밀 US': ['SECRET'],
  'KR 군사 Ⅲ급 비밀 US': ['CONFIDENTIAL'],
  'US TOP SECRET KR': ['군사 Ⅰ급 비밀'],
  'US SECRET KR': ['군사 Ⅱ급 비밀'],
  'US CONFIDENTIAL KR': ['군사 Ⅲ급 비밀'],
}

export const CATEGORIES: readonly string[] = [
  'missile_launch',
  'nuclear_programme',
  'missile_programme',
  'search_and_rescue',
  'maritime_surveillance',
  'air_surveillance',
  'defence_general',
]

export const PURPOSES: readonly string[] = [
  'missile_warning',
  'missile_assessment',
  'nuclear_assessment',
  'maritime_safety',
  'air_safety',
  'search_and_rescue',
  'defence_planning',
  'exercise',
]

/** Competent organisations by nation. */
export const ORGANISATIONS: Readonly<Record<string, readonly string[]>> = {
  JP: ['jp-mod-dih', 'jp-mod-joc'],
  KR: ['kr-mnd-dia', 'kr-jcs-ops'],
  US: ['us-indopacom-j2', 'us-usfk-j2'],
}

/** The rank of a marking on its nation's own ladder. */
export const RANKS: Readonly<Record<string, number>> = {
  秘: 1,
  極秘: 2,
  特定秘密: 2,
  '군사 Ⅲ급 비밀': 1,
  '군사 Ⅱ급 비밀': 2,
  '군사 Ⅰ급 비밀': 3,
  CONFIDENTIAL: 1,
  SECRET: 2,
  'TOP SECRET': 3,
}
