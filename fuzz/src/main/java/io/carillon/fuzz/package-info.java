/** Feeds what strangers can send with whatever a fuzzer thinks of, and says when something breaks. */
package io.carillon.fuzz;
