/** Making and stopping links, for an administrator (LINK-1 to LINK-6). */
import { links } from '#api/links.ts'
import type { SignedCard } from '#wire/link/card.ts'
import { permit } from '#node/identity/role.ts'
import type { Acts } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import {
  acceptInvitation,
  confirmLink,
  freezeLink,
  invitationText,
  readInvitation,
} from './links.commands.ts'
import type { Opened } from './links.commands.ts'

export interface LinkServices {
  readonly acts: Acts
  readonly nation: string
  readonly card: SignedCard
  readonly opened: Opened
}

export function linkRoutes(services: LinkServices): readonly Binding[] {
  const { acts, card } = services
  return [
    bind(links.ownCard, async (_input, { session }) => {
      const can = permit(session.roles, 'link.manage')
      return can === true ? { nation: services.nation, invitation: invitationText(card) } : can
    }),
    bind(links.acceptInvitation, async ({ invitation }, { session }) => {
      const can = permit(session.roles, 'link.manage')
      if (can !== true) return can
      const theirs = readInvitation(invitation)
      return acts.run((act) => acceptInvitation(act, theirs, card, session.personId))
    }),
    bind(links.confirm, async ({ partner, fingerprint }, { session }) => {
      const can = permit(session.roles, 'link.manage')
      if (can !== true) return can
      return acts.run((act) => confirmLink(act, partner, fingerprint, session.personId, services.opened))
    }),
    bind(links.freeze, async ({ partner }, { session }) => {
      const can = permit(session.roles, 'link.manage')
      return can === true ? acts.run((act) => freezeLink(act, partner, session.personId)) : can
    }),
  ]
}
