/** Units of quantity: common codes of UN/ECE Recommendation 20. */
export const UNITS = ['LTR', 'KGM', 'TNE', 'MTQ', 'C62', 'HUR', 'DAY', 'KMT'] as const
