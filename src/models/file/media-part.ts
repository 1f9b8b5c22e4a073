/** What looking at files takes besides pictures of the usual kinds; a part may not install, or not load, on a platform. */
export const MEDIA_PARTS = ['heic', 'pdf', 'portrait', 'reading'] as const
export type MediaPart = (typeof MEDIA_PARTS)[number]
