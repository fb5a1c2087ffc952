/**
 * The inputs of a decision as rows to read: nested fields flattened to paths, in the order they were stored.
 */

export interface InputRow {
  /** `actor.clearance.marking`. */
  readonly path: string
  readonly value: string | number | boolean | null
}

/** Flattens JSON. An empty list or object is one row without a value; a list of plain values is one row. */
export function inputRows(value: unknown, path = ''): readonly InputRow[] {
  if (Array.isArray(value)) {
    if (value.every((part) => typeof part !== 'object' || part === null)) {
      return [{ path, value: value.length === 0 ? null : value.map(String).join(', ') }]
    }
    return value.flatMap((part, index) => inputRows(part, `${path}.${index + 1}`))
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
    if (fields.length === 0) return [{ path, value: null }]
    return fields.flatMap(([name, field]) => inputRows(field, path === '' ? name : `${path}.${name}`))
  }
  if (typeof value === 'string') return [{ path, value: value === '' ? null : value }]
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path, value }]
  return [{ path, value: null }]
}
