import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Check } from '../../../src/core/checks/define.ts';
import { registry } from '../../../src/core/checks/registry.ts';
import { type Kind, kindNames, kinds } from '../../../src/core/objects/kinds.ts';
import type { Shape } from '../../../src/core/objects/shape.ts';
import { type Case, symptomsOf } from '../checks/suite.ts';

/**
 * Fields that no check reads, and why they are kept all the same. `*` is any kind. Everything else that is kept must
 * change what some check says in one of its cases.
 */
const keptForLater: { readonly [field: string]: string } = {
  '*.apiVersion': 'names the object in a snapshot file',
  '*.kind': 'names the object in a snapshot file',
  '*.metadata.name': 'names the object',
  '*.metadata.namespace': 'names the object',
  '*.metadata.uid': 'events name it; kube-system’s tells clusters apart',
  '*.metadata.labels': 'service and priority; Helm, Argo and Flux labels for what changed',
  '*.metadata.annotations.kube-vigil/priority': 'priority',
  '*.metadata.annotations.deployment.kubernetes.io/revision': 'what changed',
  '*.metadata.annotations.meta.helm.sh/release-name': 'what changed',
  '*.metadata.annotations.argocd.argoproj.io/tracking-id': 'what changed',
  '*.metadata.annotations.helm.sh/hook': 'one table of metadata for every kind',
  '*.metadata.annotations.argocd.argoproj.io/hook': 'one table of metadata for every kind',
  '*.metadata.annotations.kubernetes.io/config.mirror': 'one table of metadata for every kind',
  '*.metadata.ownerReferences.kind': 'one table of metadata for every kind',
  '*.metadata.ownerReferences.name': 'one table of metadata for every kind',
  '*.metadata.ownerReferences.controller': 'one table of metadata for every kind',
  '*.metadata.finalizers': 'one table of metadata for every kind',
  '*.metadata.generation': 'what changed',
  '*.metadata.creationTimestamp': 'what changed',
  '*.metadata.deletionTimestamp': 'one table of metadata for every kind',
  '*.metadata.managedFields.manager': 'what changed',
  '*.metadata.managedFields.subresource': 'what changed',
  '*.metadata.managedFields.time': 'what changed',
  '*.status.conditions.reason': 'one table of conditions for every kind',
  '*.status.conditions.message': 'one table of conditions for every kind',
  '*.status.conditions.lastUpdateTime': 'one table of conditions for every kind',
  '*.status.conditions.lastTransitionTime': 'one table of conditions for every kind',
};
