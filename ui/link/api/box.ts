import { boxView, type BoxView } from '../../../appliance/protocol/views.ts';
import { ask } from '../request.ts';

export const box = (): Promise<BoxView> => ask(boxView, 'GET', '/api/box');
