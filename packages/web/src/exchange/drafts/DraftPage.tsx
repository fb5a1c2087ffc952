/** One draft: edited by its author, or read and signed by release authorities. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { drafts } from '#api/exchange/drafts.ts'
import type { DraftView } from '#api/exchange/shapes.ts'
import { draftStates } from '#words/exchange/states.ts'
import { useNames } from '../../core/language.ts'
import { useText } from '../../core/texts.ts'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { PageFrame } from '../../ui/PageFrame.tsx'
import type { PageAction } from '../../ui/PageFrame.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { Stamps } from '../../ui/Stamps.tsx'
import { useAddressQuery, usePathParam } from '../../ui/address.ts'
import { CommandDialog } from '../../ui/CommandDialog.tsx'
import { ReportEditor } from './ReportEditor.tsx'
import { ReviewDraft } from './ReviewDraft.tsx'
import { useDraftNeeds } from './draftNeeds.ts'
import { draftWords } from './words.ts'
import { paths } from '../slice.ts'
import layout from '../../ui/Layout.module.css'

export function Page() {
  const t = useText(draftWords)
  const id = usePathParam('draft')
  const draft = useRoute(drafts.get, { draft: id })
  if (draft.data === undefined) {
    return <PageFrame title={t('drafts')} failure={refusalOf(draft.error)} isLoading />
  }
  return <Draft key={id} draft={draft.data} />
}

function Draft({ draft }: { readonly draft: DraftView }) {
  const t = useText(draftWords)
  const stateName = useNames(draftStates)
  const query = useAddressQuery()
  const needs = useDraftNeeds(draft)
  const [isAsking, setAsking] = useState(false)
  const isSubmitted = draft.state === 'submitted'
  const isEdited = draft.can.edit === true && (draft.state === 'writing' || query.get('edit') === '1')
  const signed = draft.approvals.filter(
    (approval) => approval.current && approval.verdict !== 'refuse',
  ).length
  const startEdit = (): void => {
    if (signed > 0) setAsking(true)
    else query.set({ edit: '1' })
  }
  const actions: readonly PageAction[] =
    isSubmitted && !isEdited
      ? [{ id: 'edit', label: t('edit'), can: draft.can.edit, onPress: startEdit }]
      : []
  return (
    <PageFrame
      title={draft.control ?? draft.title ?? t('untitled')}
      aside={
        <>
          <span className={layout.state}>{stateName(draft.state)}</span>
          <Stamps stamps={draft.stamps} />
        </>
      }
      needs={
        <>
          {needs} {draft.item !== null && <PageLink to={paths.item(draft.item)}>{t('toItem')}</PageLink>}
        </>
      }
      actions={actions}
    >
      {isEdited ? (
        <ReportEditor
          draft={draft}
          further={isSubmitted && <Button onClick={() => query.set({ edit: '' })}>{t('stopEdit')}</Button>}
        />
      ) : (
        // After a change the content must be read again.
        <ReviewDraft key={draft.proposalDigest} draft={draft} />
      )}
      {isAsking && (
        <CommandDialog
          title={t('editVoidsTitle')}
          lead={t('editVoidsLead', { count: signed })}
          word={t('editAnyway')}
          grave
          isRunning={false}
          refusal={null}
          onPress={() => {
            setAsking(false)
            query.set({ edit: '1' })
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </PageFrame>
  )
}
