/** The tables of the database. Each room and pillar adds its own in `schema.gen.ts`, generated from its migrations. */

// eslint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Schema {}
