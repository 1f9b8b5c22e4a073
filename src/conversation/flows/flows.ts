import type { ConversationDefinition } from '../definition.ts'
import { cancel } from './cancel.ts'
import { complain } from './complain.ts'
import { correct } from './correct.ts'
import { drafts } from './drafts.ts'
import { menu } from './menu.ts'
import { register } from './register.ts'
import { submit } from './submit.ts'

/** Every flow by its name. A new flow is one file and one line here. */
export const FLOWS: Readonly<Record<string, ConversationDefinition>> = {
  menu,
  register,
  submit,
  drafts,
  correct,
  complain,
  cancel,
}
