/** The addresses of screens, so that nobody spells them twice. */
import type { Schema } from "../shared/api/types";

export const siteAddress = (workOrderId: string): string => `#/site/${workOrderId}`;
export const sheetAddress = (visitId: string): string => `#/visit/${visitId}/sheet`;
export const signAddress = (visitId: string): string => `#/visit/${visitId}/sign`;

/**
 * Where a photo is taken again: at the site of its work order, with the photo's id in `retake`. A photo that
 * belongs to no work order comes as "none"; its site is in the retake.
 */
export const retakeAddress = (retake: Schema<"Retake">): string =>
  `#/site/${retake.work_order_id ?? "none"}?retake=${retake.photo_id}`;
