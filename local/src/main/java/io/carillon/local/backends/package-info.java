/** Runs the application's own backends from files on this machine, as Lambda would run them. */
package io.carillon.local.backends;
