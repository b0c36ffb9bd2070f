import { WebClient, type WebClientOptions } from '@slack/web-api';

/** The SDK's client. In a file of its own, which is loaded with the first message: bundled, a lazy import of the package itself loses its named exports (it is CommonJS). */
export function webClient(token: string, options: WebClientOptions): WebClient {
  return new WebClient(token, options);
}
