/** Gives a local runtime the delays that AWS has. */
package io.carillon.local.latency;
