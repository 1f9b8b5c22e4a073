import type { ApplicationReason } from '../../models/application.ts'
/** The application reason that a teacher's words name ("hilang", "kartunya rusak", "pindah datang"). */
export declare function readReason(text: string): ApplicationReason | undefined
