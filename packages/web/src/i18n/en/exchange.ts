/** The exchange of information. */
export const exchange = {
  itemsTitle: 'Items',
}
