/** The kinds of file that the build turns into modules. */
/// <reference types="vite/client" />
