/**
 * The tables of the database. Each room and pillar adds its own from its `schema.gen.ts`, which
 * `npm run schema` writes from the migrations.
 */

// eslint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Schema {}
