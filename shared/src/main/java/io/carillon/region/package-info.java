/** Says whether this Region may serve, where a deployment has two. */
package io.carillon.region;
