/** Routes for opening and freezing links, for administrators (LINK-1 to LINK-6). */
import { links } from '#api/links.ts'
import { MAY, permit } from '#node/kernel/permission.ts'
import { bind } from '#node/kernel/bind.ts'
import type { Binding } from '#node/kernel/bind.ts'
import type { Services } from '#node/services.ts'
import type { LinkOptions } from './federation.routes.ts'
import {
  acceptInvitation,
  confirmLink,
  freezeLink,
  invitationText,
  readInvitation,
} from './links.commands.ts'

/** The bindings that open and freeze links. */
export function linkRoutes({ acts, nation }: Services, { card, opened }: LinkOptions): readonly Binding[] {
  return [
    bind(links.ownCard, async (_input, { session }) => {
      const can = permit(session.roles, MAY['link.manage'])
      return can === true ? { nation, invitation: invitationText(card) } : can
    }),
    bind(links.acceptInvitation, async ({ invitation }, { session }) => {
      const can = permit(session.roles, MAY['link.manage'])
      if (can !== true) return can
      const theirs = readInvitation(invitation)
      return acts.run((act) => acceptInvitation(act, theirs, card, session.personId))
    }),
    bind(links.confirm, async ({ partner, fingerprint }, { session }) => {
      const can = permit(session.roles, MAY['link.manage'])
      if (can !== true) return can
      return acts.run((act) => confirmLink(act, partner, fingerprint, session.personId, opened))
    }),
    bind(links.freeze, async ({ partner }, { session }) => {
      const can = permit(session.roles, MAY['link.manage'])
      return can === true ? acts.run((act) => freezeLink(act, partner, session.personId)) : can
    }),
  ]
}
