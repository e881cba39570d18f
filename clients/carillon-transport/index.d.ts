/** What carries the frames of a connection. */
export type Transport = 'websocket' | 'long-poll';

/** The part of `fetch` that is used; the global one is such a function, in pages and in Node. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string;
    cache: 'no-store';
    credentials: 'omit';
    redirect: 'error';
    keepalive: boolean;
    /** An `AbortSignal`, which only programs with the types of a page or of Node can name. */
    signal: any;
  },
) => Promise<{ readonly ok: boolean; readonly status: number; json(): Promise<any> }>;

export interface FallbackOptions {
  /**
   * The address of long-poll, such as `https://api.example.com/connection/long_poll`: an HTTP API of API Gateway has
   * another one than the WebSocket API. Left out, it is that of the WebSocket with `/connection/long_poll` in place of
   * `/connection/websocket`.
   */
  longPoll?: string;
  /** The class to try first; the global one unless given. Node before version 22 has none: give that of `ws`. */
  WebSocket?: unknown;
  /** In place of the global `fetch`. */
  fetch?: Fetch;
  /**
   * How long a WebSocket may take to open, in milliseconds; 2500 unless given. Keep it below half of the `timeout` of
   * centrifuge (5000), within which long-poll must open too.
   */
  patience?: number;
  /** How long to use long-poll before WebSocket is tried again, in milliseconds; 10 minutes unless given. */
  retryAfter?: number;
  /** Is called each time a connection is open, with what carries it. */
  onTransport?: (transport: Transport) => void;
  /** Where it is kept that WebSocket does not go; shared by all unless given. */
  memory?: TransportMemory;
}

export interface TransportMemory {
  isBlocked(url: string): boolean;
  blockedFor(url: string): number;
  block(url: string, milliseconds: number): void;
  unblock(url: string): void;
}

/** A socket of the form that centrifuge expects. */
export interface Socket {
  readonly url: string;
  readonly readyState: number;
  readonly protocol: string;
  readonly bufferedAmount: number;
  binaryType: string;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  send(frame: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: any) => void): void;
  removeEventListener(type: string, listener: (event: any) => void): void;
}

export interface FallbackSocket extends Socket {
  /** What carries the frames, or is being tried. */
  readonly transport: Transport | '';
}

/**
 * Makes a class to give to centrifuge as its `websocket` option:
 *
 * ```js
 * const centrifuge = new Centrifuge('wss://ws.example.com/connection/websocket', {
 *   websocket: fallbackSocket({ longPoll: 'https://api.example.com/connection/long_poll' }),
 * });
 * ```
 */
export function fallbackSocket(
  options?: FallbackOptions,
): new (url: string, protocols?: string | string[]) => FallbackSocket;

/**
 * Long-poll alone, for who knows that WebSocket does not go. The address ends with `/connection/long_poll`, or is that of a
 * WebSocket which has long-poll beside it and ends with `/connection/websocket`; another one throws.
 */
export const LongPollSocket: new (url: string, options?: { fetch?: Fetch }) => Socket;
