import { useMutation, useQueryClient } from '@tanstack/react-query'

/** A change after which what stands under `keys` is read again; it is under way until that has come. */
export function useChange<In, Out>(keys: readonly string[], change: (body: In) => Promise<Out>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
