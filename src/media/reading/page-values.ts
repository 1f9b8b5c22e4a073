import type { DocumentKind } from '../../models/application/application.ts'
import type { ReadValue } from '../../models/file/look.ts'
import { birthCertificateValues } from './birth-certificate.ts'
import { familyCardValues } from './family-card.ts'
import { identityCardValues } from './identity-card.ts'
import type { PageText } from './layout.ts'

/** The values that are compared with what was typed, by the kind of paper that they stand on; none on other papers. */
export function pageValues(page: PageText, kind: DocumentKind | undefined): ReadValue[] {
  switch (kind) {
    case 'family_card':
      return familyCardValues(page)
    case 'birth_certificate':
      return birthCertificateValues(page)
    case 'eid_card':
    case 'child_card':
      return identityCardValues(page)
    default:
      return []
  }
}
