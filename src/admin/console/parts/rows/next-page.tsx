import { Button } from '@mantine/core'
import { nextPage } from '../../client/paged-query-client.ts'
import { useKeptFocus } from '../kept-focus.ts'
import css from './next-page.module.css'

/** Brings what of a list is still at the server; nothing is left of it once all has come. `said`: how much is here. */
export function NextPage(props: {
  list: Parameters<typeof nextPage>[0] & { hasNextPage: boolean; isFetchingNextPage: boolean }
  name?: string
  said?: string
  onCome?: () => void
}) {
  const { list, name = 'Tampilkan lagi', said, onCome } = props
  const keepFocus = useKeptFocus(list.isFetchingNextPage)
  if (!list.hasNextPage) return null
  return (
    <div className={css.next}>
      <Button
        loading={list.isFetchingNextPage}
        onClick={() => {
          keepFocus()
          void nextPage(list).then(onCome)
        }}
      >
        {name}
      </Button>
      {said && <p>{said}</p>}
    </div>
  )
}
