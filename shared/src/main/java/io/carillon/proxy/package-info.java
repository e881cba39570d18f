/** Asks the application's own backends what a client may do, in Centrifugo's words. */
package io.carillon.proxy;
