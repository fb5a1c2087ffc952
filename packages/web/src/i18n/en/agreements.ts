/** Agreements between nations. */
export const agreements = {
  agreementsTitle: 'Agreements',
}
