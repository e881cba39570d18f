/** Makes a local runtime misbehave as AWS does, on demand and repeatably. */
package io.carillon.local.faults;
