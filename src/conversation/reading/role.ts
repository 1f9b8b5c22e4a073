import type { CoordinatorRole } from '../../models/turn.ts'
/** `operator`, `guru kelas`, `wali kelas`, `kepsek`, `TU`; undefined where no role is named. */
export declare function readRole(text: string): CoordinatorRole | undefined
/** `Rina Contoh, guru kelas` → name and role; the role is undefined where none stands behind the name. */
export declare function splitNameAndRole(text: string): { name: string; role: CoordinatorRole | undefined }
