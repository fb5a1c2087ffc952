/** The rows of the database, generated from the migrations by `node checks/schema.generate.ts`. */

export interface Schema {}
