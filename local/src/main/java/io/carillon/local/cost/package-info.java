/** Counts what AWS would bill for a local runtime, and prices it. */
package io.carillon.local.cost;
