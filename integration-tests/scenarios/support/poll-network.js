import { LongPollSocket } from '../../../clients/carillon-transport/index.js';

/** The package's socket in place of a WebSocket: is given the same address, and can be torn in the same way. */
export function pollClassOf(network, sockets, note) {
  return class extends LongPollSocket {
    constructor(url) {
      const wire = { isTorn: false, tear: () => {} };
      const torn = new Promise((_, reject) => (wire.tear = () => reject(new TypeError('the network is lost'))));
      torn.catch(() => {});
      const request = async (...args) => {
        if (network.isCut || wire.isTorn) {
          throw new TypeError('the network is lost');
        }
        return Promise.race([fetch(...args), torn]);
      };
      super(url, { fetch: request });
      this.wire = wire;
      sockets.add(this);
      this.addEventListener('message', ({ data }) => network.received.push(data));
      this.addEventListener('close', ({ code }) => {
        network.closed.push(code);
        sockets.delete(this);
      });
    }

    send(frame) {
      note(frame);
      super.send(frame);
    }

    /** Loses what is under way, and lets nothing else through. */
    terminate() {
      this.wire.isTorn = true;
      this.wire.tear();
      // Otherwise only several polls would show it.
      super.send('{}');
    }
  };
}
