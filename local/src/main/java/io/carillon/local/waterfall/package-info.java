/** Traces one publication from hop to hop. */
package io.carillon.local.waterfall;
