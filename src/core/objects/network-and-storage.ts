import { metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

export const serviceShape = fields({
  metadata,
  spec: fields({
    type: 'text',
    selector: map('text'),
    publishNotReadyAddresses: 'flag',
  }),
});
export type Service = Kept<typeof serviceShape>;

export const endpointSliceShape = fields({
  metadata,
  endpoints: list(fields({ conditions: fields({ ready: 'flag' }) })),
});
export type EndpointSlice = Kept<typeof endpointSliceShape>;

const backend = fields({ service: fields({ name: 'text' }) });
/** Only which Services can be reached from outside. */
export const ingressShape = fields({
  metadata,
  spec: fields({
    defaultBackend: backend,
    rules: list(fields({ http: fields({ paths: list(fields({ backend })) }) })),
  }),
});

export const claimShape = fields({
  metadata,
  spec: fields({ storageClassName: 'text', volumeName: 'text' }),
  status: fields({ phase: 'text' }),
});
export type PersistentVolumeClaim = Kept<typeof claimShape>;

/** The three below are read so that a gap in them is known; no check looks at them yet. */
export const volumeShape = fields({ metadata });

export const autoscalerShape = fields({ metadata });

export const disruptionBudgetShape = fields({ metadata });
