import type { lookTexts } from './id-looks.ts'

/** English gloss of `lookTexts`. */
export const lookGloss: Record<keyof typeof lookTexts, string> = {
  checking: '{n} files received; they are being checked. We tell you what we find within a minute.',
  checkingStill: 'The files are being checked; we tell you soon. Reply *LANJUT* if you do not want to wait.',
  checked: '{n} files checked: {list} (if mixed up, reply for instance *KK 1, akta 2*).',
  checkedMost: '{n} files checked: {list}.',
  seenAs: 'After checking, the order is: {list} (if mixed up, reply for instance *KK 1, akta 2*).',
  retake: 'File {n} ({kind}): {sentence}',
  retakeMore: 'File {n} ({kind}) and {more} more: {sentence}',
  unsorted: 'not sorted yet',
  retakeHow: 'Please send it again; if there is none better, just go on.',
  retakeSent: '{kind} of {name} (*{ticket}*): {sentence} Send another if you have one; the ticket stays.',
  PAGE_BLURRED: 'Its text is blurred. Please take the photo in a bright place and hold the phone still.',
  PAGE_SMALL: 'Its text is too small to be read. Please send the original photo as a *Document*.',
  FILE_LOCKED: 'This PDF is locked with a password. Please send it without one, or a photo of its page.',
  FILE_DAMAGED: 'This file is damaged or cut off. Please send the original file again, or a photo of the paper.',
  FILE_TOO_LARGE: 'What it holds is too large for us to open. Please take a photo of the paper with a phone.',
  FILE_ANIMATED: 'This picture moves. Please send an ordinary photo.',
  FILE_EMPTY: 'This PDF has no page. Please check the file, or take a photo of the paper.',
  FILE_LONG: 'This PDF has too many pages. Please send only the pages that are asked for.',
  doubt: 'Which is right?',
  doubtRetype: 'Type it again',
  doubtKeep: 'It is right (staff will check)',
  doubtNik: 'The NIK on {kind} ends in *{read}*, the typed one in *{typed}*.',
  doubtNikPlace: 'The NIK on {kind} differs from the typed one at digit {place}.',
  doubtName: 'The name on {kind} reads *{read}*, the typed one is *{typed}*.',
  doubtBirthDate: 'The birth date on {kind} reads *{read}*, the typed one is *{typed}*.',
  nikOffered:
    'The NIK of {name} on the files ends in *{tail}*. Reply *YA* if right, or type the right *NIK*: 16 digits.',
  nameOffered: 'The name on the files: *{value}*. Reply *YA* if right, or type the full name as on the akta.',
}
