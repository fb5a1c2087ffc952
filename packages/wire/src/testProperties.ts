/** How often properties are tried. `npm run soak` sets the factor, and tries them with seeds of its own. */
const FACTOR = Number(process.env['PROPERTY_FACTOR'] ?? 1)

/** Options of `fc.assert`: so many runs, and a multiple of that in a soak. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(count * FACTOR) }
}
