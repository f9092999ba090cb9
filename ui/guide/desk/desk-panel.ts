import type { nothing, TemplateResult } from 'lit';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import type { Desk } from './desk.ts';

/** A panel as it stands on the desk: the element, with what it is told and what it may do. Nothing when it has no place. */
export type DeskPanel = (desk: Desk, tour: TourDeskView) => TemplateResult | typeof nothing;
