/**
 * Binding route contracts to what answers them. A command runs in one act and returns an id; what the page needs is
 * read by a view in a read-only transaction after the commit.
 */
import type { Refusal } from '#api/refusals.ts'
import { isRefusal } from '#api/refusals.ts'
import type { InputOf, ReplyOf, Route } from '#api/route.ts'
import type { Caller, PersonCaller, SignedIn } from './caller.ts'
import type { Act, Acts } from './command.ts'
import { once } from './once.store.ts'
import type { View, Views } from './view.ts'

/** A route with the code that answers it. */
export interface Binding {
  readonly route: Route
  readonly handle: (input: unknown, caller: Caller) => Promise<unknown>
}

/** Reply, refusal, or a `Response` where the reply is bytes. */
type Answer<R extends Route> = ReplyOf<R> | Refusal | Response
type CallerOf<R extends Route> = R['access'] extends 'anyone' ? Caller : PersonCaller

/** Binds a handler that needs the request itself. */
export function bind<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: PersonCaller) => Promise<Answer<R>>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as PersonCaller) }
}

/** As `bind`, for a route that anyone may call. */
export function bindOpen<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: CallerOf<R>) => Promise<Answer<R>>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as CallerOf<R>) }
}

/** Reads what a page shows to a person. */
type Look<R extends Route> = (view: View, input: InputOf<R>, by: SignedIn) => Promise<Answer<R>>

/** Changes something and returns the id of what was made or changed. */
type Change<R extends Route> = (act: Act, input: InputOf<R>, by: SignedIn) => Promise<string | Refusal>

/** Reads what was made or changed, by its id. */
type Show<R extends Route> = (view: View, id: string, by: SignedIn, input: InputOf<R>) => Promise<Answer<R>>

export interface Binder {
  /** Shows what a command returned that ran by itself, or its refusal. */
  shown<T>(
    id: string | Refusal,
    caller: PersonCaller,
    show: (view: View, id: string, by: SignedIn) => Promise<T>,
  ): Promise<T | Refusal>
  /** Binds a view. */
  look<R extends Route>(route: R, look: Look<R>): Binding
  /** Binds a command, and the view of what it returns. */
  change<R extends Route>(route: R, change: Change<R>, show: Show<R>): Binding
}

/** Builds the binder over a node's acts and views. */
export function createBinder({ acts, views }: { readonly acts: Acts; readonly views: Views }): Binder {
  return {
    shown: async (id, { session }, show) =>
      isRefusal(id) ? id : views.run((view) => show(view, id, session)),
    look: (route, look) =>
      bind(route, (input, { session }) => views.run((view) => look(view, input, session))),
    change: (route, change, show) =>
      bind(route, async (input, caller) => {
        const { session } = caller
        const id = await acts.run((act) => once(act, caller, () => change(act, input, session)))
        return isRefusal(id) ? id : views.run((view) => show(view, id, session, input))
      }),
  }
}
