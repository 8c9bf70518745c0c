import { IncomingMessage, type RequestListener, type ServerOptions, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Requests and responses that are born as an Express app wants them. Express gives every request and response the prototypes of its
 * app; an object whose prototype is exchanged gets a hidden class of its own, and from then on every access to it is looked up as if
 * it were the first. Where the prototype is right from the beginning there is nothing to exchange, and a route takes a third of the time.
 */
export interface FittedMessages {
  readonly options: ServerOptions<typeof IncomingMessage, typeof ServerResponse>
  /** From now on messages are made for `handler`; one that is no Express app gets Node's own. */
  fit(handler: RequestListener): void
}

/** The part of an Express app that messages inherit from. */
interface Prototypes {
  readonly request: object
  readonly response: object
}

function isApp(handler: RequestListener): handler is RequestListener & Prototypes {
  return 'request' in handler && 'response' in handler
}

export function createFittedMessages(): FittedMessages {
  // Functions and not classes: the prototype of a function can be set. Node's own constructors are functions, too.
  function FittedRequest(this: IncomingMessage, socket: Socket): void {
    Reflect.apply(IncomingMessage, this, [socket])
  }
  function FittedResponse(this: ServerResponse, request: IncomingMessage, options: object): void {
    Reflect.apply(ServerResponse, this, [request, options])
  }
  FittedRequest.prototype = IncomingMessage.prototype
  FittedResponse.prototype = ServerResponse.prototype
  return {
    options: {
      IncomingMessage: FittedRequest as unknown as typeof IncomingMessage,
      ServerResponse: FittedResponse as unknown as typeof ServerResponse,
    },
    fit(handler) {
      const { request, response }: Prototypes = isApp(handler)
        ? handler
        : { request: IncomingMessage.prototype, response: ServerResponse.prototype }
      Object.assign(FittedRequest, { prototype: request })
      Object.assign(FittedResponse, { prototype: response })
    },
  }
}
