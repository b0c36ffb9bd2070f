import { condition, metadata } from './meta.ts';
import { fields, type Kept, list } from './shape.ts';

/** Whatever is no row of the table of kinds and has a status: what its conditions and phase words say. */
export const customShape = fields({
  metadata,
  spec: fields({ suspend: 'flag', paused: 'flag' }),
  status: fields({
    observedGeneration: 'number',
    phase: 'text',
    state: 'text',
    conditions: list(condition),
  }),
});
export type CustomResource = Kept<typeof customShape> & {
  readonly apiVersion: string;
  readonly kind: string;
};
