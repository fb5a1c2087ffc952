/** Links with partners and their logs. */
export const federation = {
  linksTitle: 'Links',
}
